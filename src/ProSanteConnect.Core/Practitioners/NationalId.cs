namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// The national identifier of a person (idNat_PS): the type digit, then the number; "8" + RPPS for most,
/// "0" + ADELI, "3" + FINESS + "/" + internal number … (psc-protocol §4.5, ecps-cpx-directory §3).
/// </summary>
public readonly record struct NationalId
{
    /// <summary>The longest identifier in the national extract has 30 characters; the rest is reserve.</summary>
    public const int MaxLength = 64;

    private NationalId(string value) => Value = value;

    public string Value { get; }

    public static NationalId Of(NationalIdKind kind, string number) => new((int)kind + number);

    /// <summary>
    /// Reads an identifier of any known type. Does not check the Luhn key: published test identities have none.
    /// </summary>
    public static bool TryParse(string? text, out NationalId nationalId)
    {
        var value = (text ?? "").Trim();
        var valid = value.Length is > 5 and <= MaxLength
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-')
            && (!char.IsAsciiDigit(value[0]) || Enum.IsDefined((NationalIdKind)(value[0] - '0')));
        nationalId = valid ? new NationalId(value) : default;
        return valid;
    }

    /// <summary>
    /// Reads typed input: an identifier, or the eleven digits of an RPPS number alone; ignores spaces. Eleven digits with a wrong key
    /// are a typing error, because no other identifier has eleven digits.
    /// </summary>
    public static bool TryParseTyped(string? text, out NationalId nationalId)
    {
        if (Rpps.TryParse(text, out var rpps))
        {
            nationalId = rpps.ToNationalId();
            return true;
        }

        var typed = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        nationalId = default;
        return !(typed.Length == Rpps.Length && typed.All(char.IsAsciiDigit)) && TryParse(typed, out nationalId);
    }

    /// <summary>The type; null for test identities without one (EDIT, "ANS…").</summary>
    public NationalIdKind? Kind => char.IsAsciiDigit(Value[0]) ? (NationalIdKind)(Value[0] - '0') : null;

    /// <summary>The name of the register, as <c>otherIds[].origine</c> spells it.</summary>
    public string Origin => Kind switch
    {
        NationalIdKind.Adeli or NationalIdKind.AdeliPractice => "ADELI",
        NationalIdKind.Finess => "FINESS",
        NationalIdKind.Siren => "SIREN",
        NationalIdKind.Siret => "SIRET",
        NationalIdKind.Rpps or NationalIdKind.RppsPractice => "RPPS",
        _ => "EDIT",
    };

    /// <summary>
    /// The length of the number after the type; null when the type has none that an official source states (ecps-cpx-directory §3.3).
    /// </summary>
    public int? LengthOfNumber => Kind switch
    {
        NationalIdKind.Rpps => Rpps.Length,
        NationalIdKind.Adeli => 9,
        _ => null,
    };

    public override string ToString() => Value;
}

/// <summary>The type digit of a person's national identifier (NOS terminology TRE_G08).</summary>
public enum NationalIdKind
{
    Adeli = 0,
    AdeliPractice = 1,
    Finess = 3,
    Siren = 4,
    Siret = 5,
    RppsPractice = 6,
    Rpps = 8,
}
