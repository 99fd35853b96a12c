namespace ProSanteConnect.Core.Practitioners;

/// <summary>An RPPS number as a person types it: eleven digits, the last of which is the Luhn key of the others.</summary>
public readonly record struct Rpps
{
    public const int Length = 11;

    private Rpps(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads eleven digits with a right key; white space between them is forgiven.</summary>
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
