namespace ProSanteConnect.Core.Practitioners;

/// <summary>An RPPS number as typed by a person: eleven digits, the last of which is the Luhn key of the others.</summary>
public readonly record struct Rpps
{
    public const int Length = 11;

    private Rpps(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads eleven digits with a valid key; ignores white space.</summary>
    public static bool TryParse(string? text, out Rpps rpps)
    {
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        var valid = digits.Length == Length && LuhnKey.IsValid(digits);
        rpps = valid ? new Rpps(digits) : default;
        return valid;
    }

    public NationalId ToNationalId() => NationalId.Of(NationalIdKind.Rpps, Value);

    public override string ToString() => Value;
}

/// <summary>The Luhn key at the end of RPPS, FINESS, SIREN and SIRET numbers (ISO/IEC 7812-1, annex B).</summary>
public static class LuhnKey
{
    /// <summary>Whether all characters are digits and the last one is the Luhn key of the others.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var character = digits[^(i + 1)];
            if (!char.IsAsciiDigit(character)) return false;

            var digit = character - '0';
            if (i % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }
}
