using System.Text.RegularExpressions;

namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// A mail address in lower case. Narrower than RFC 5322: no quoted part, comment or list, so that a mail server cannot read one
/// accepted address as two.
/// </summary>
public readonly partial record struct EmailAddress
{
    /// <summary>RFC 5321, section 4.5.3.1.3, without the angle brackets.</summary>
    public const int MaxLength = 254;

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out EmailAddress address)
    {
        var trimmed = (text ?? "").Trim();
        var valid = trimmed.Length <= MaxLength && Form().IsMatch(trimmed);
        address = valid ? new EmailAddress(trimmed.ToLowerInvariant()) : default;
        return valid;
    }

    /// <summary>Does not print the address, which is personal data.</summary>
    public override string ToString() => "EmailAddress(***)";

    [GeneratedRegex("""^[^\s@<>"(),:;\[\]\\\p{C}]{1,64}@[\p{L}\p{Nd}](?:[\p{L}\p{Nd}-]*\.)+[\p{L}\p{Nd}-]*[\p{L}\p{Nd}]$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
