using System.Globalization;

namespace ProSanteConnect.Core.Devices;

/// <summary>Refuses PINs that a finder of the phone would try first (security-checklist T8, §5).</summary>
public sealed class PinPolicy(ECpsOptions options)
{
    /// <param name="pin">The typed PIN.</param>
    /// <param name="numbers">The numbers on the holder's cards and papers: the national identifier, the card number.</param>
    /// <param name="birthDate">The holder's birth date, when it is known.</param>
    public PinPolicyResult Check(string? pin, IEnumerable<string?> numbers, DateOnly? birthDate)
    {
        if (pin is null || pin.Length != options.PinLength || !pin.All(char.IsAsciiDigit)) return new PinPolicyResult.Malformed();

        var simple = IsRun(pin) || IsPalindrome(pin) || IsRepetition(pin) || IsDoubled(pin)
            || numbers.Any(number => Digits(number).Contains(pin, StringComparison.Ordinal))
            || (birthDate is { } date && BirthDatePins(date).Contains(pin));
        return simple ? new PinPolicyResult.TooSimple() : new PinPolicyResult.Accepted(new NewPin(pin));
    }

    // 1234, 4321, 2468, 8901: the same step between any two digits; a step of 0 is one digit repeated.
    private static bool IsRun(string pin) => pin.Zip(pin.Skip(1), (left, right) => (right - left + 10) % 10).Distinct().Count() == 1;

    // 2002, 1991, 4554.
    private static bool IsPalindrome(string pin) => pin.SequenceEqual(pin.Reverse());

    // 1212, 123123.
    private static bool IsRepetition(string pin) => Enumerable.Range(1, pin.Length / 2)
        .Any(period => pin.Length % period == 0 && pin[period..] == pin[..^period]);

    // 1122, 778899.
    private static bool IsDoubled(string pin) => pin.Length % 2 == 0 && pin.Chunk(2).All(pair => pair[0] == pair[1]);

    private static string Digits(string? number) => string.Concat((number ?? "").Where(char.IsAsciiDigit));

    // Day, month and year in any order, each in its usual forms or left out.
    private static HashSet<string> BirthDatePins(DateOnly date)
    {
        string[] days = [Text(date, "dd"), Text(date, "%d")];
        string[] months = [Text(date, "MM"), Text(date, "%M")];
        string[] years = [Text(date, "yy"), Text(date, "yyyy")];
        string[][][] parts = [[days], [months], [years]];

        var pins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var first in parts.SelectMany(part => part))
        {
            foreach (var second in parts.SelectMany(part => part).Where(part => part != first).Append([""]))
            {
                foreach (var third in parts.SelectMany(part => part).Where(part => part != first && part != second).Append([""]))
                {
                    pins.UnionWith(from a in first from b in second from c in third select a + b + c);
                }
            }
        }

        return pins;
    }

    private static string Text(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>A PIN that the policy accepted; no other PIN can be stored.</summary>
public sealed class NewPin
{
    internal NewPin(string value) => Value = value;

    internal string Value { get; }

    public override string ToString() => "NewPin(***)";
}

/// <summary>The result of <see cref="PinPolicy.Check"/>.</summary>
public abstract record PinPolicyResult
{
    private PinPolicyResult() { }

    public sealed record Accepted(NewPin Pin) : PinPolicyResult;

    /// <summary>It does not have the required number of digits.</summary>
    public sealed record Malformed : PinPolicyResult;

    /// <summary>It is one that a finder of the phone would try first.</summary>
    public sealed record TooSimple : PinPolicyResult;
}
