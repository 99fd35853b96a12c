namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// A telephone number in the form of ITU-T E.164 ("+33639980001"). French numbers are written in many ways (ecps-cpx-directory §3.3);
/// two spellings of one number give equal values.
/// </summary>
public readonly record struct PhoneNumber
{
    private const int FrenchLength = 10;
    private const int MinDigits = 8;
    private const int MaxDigits = 15;

    private PhoneNumber(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out PhoneNumber number)
    {
        var compact = string.Concat((text ?? "").Replace("(0)", "", StringComparison.Ordinal).Where(c => !IsSeparator(c)));
        var e164 = compact switch
        {
            _ when compact.StartsWith('+') => International(compact[1..]),
            _ when compact.StartsWith("00", StringComparison.Ordinal) => International(compact[2..]),
            _ when compact.StartsWith('0') => French(compact),
            _ => null,
        };
        number = e164 is null ? default : new PhoneNumber(e164);
        return e164 is not null;
    }

    /// <summary>The masked number, which only its owner recognises: "06 •• •• •• 21".</summary>
    public string Masked => Value.StartsWith("+33", StringComparison.Ordinal)
        ? $"0{Value[3]} •• •• •• {Value[^2..]}"
        : $"•• •• •• •• {Value[^2..]}";

    /// <summary>Does not print the number, which is personal data.</summary>
    public override string ToString() => "PhoneNumber(***)";

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is '.' or '-' or '/' or '(' or ')';

    private static string? International(string digits)
    {
        if (digits.Length is < MinDigits or > MaxDigits || !digits.All(char.IsAsciiDigit) || digits[0] == '0') return null;

        return digits.StartsWith("33", StringComparison.Ordinal) ? French("0" + digits[2..]) : "+" + digits;
    }

    private static string? French(string national) =>
        national.Length == FrenchLength && national.All(char.IsAsciiDigit) && national[1] != '0'
            ? CountryCodeOf(national) + national[1..]
            : null;

    // The overseas departments use the national numbering plan and have their own country codes (ITU-T E.164 list).
    private static string CountryCodeOf(string national) => national[..4] switch
    {
        "0262" or "0263" or "0269" or "0692" or "0693" => "+262",
        "0639" when !national.StartsWith("063998", StringComparison.Ordinal) => "+262", // 06 39 98 is reserved for fiction
        "0590" or "0690" or "0691" => "+590",
        "0594" or "0694" => "+594",
        "0596" or "0696" or "0697" => "+596",
        _ => "+33",
    };
}
