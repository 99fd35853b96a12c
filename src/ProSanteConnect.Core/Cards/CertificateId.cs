using System.Diagnostics.CodeAnalysis;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// Identifies one certificate: the issuer's name, the SHA-256 of the issuer's public key (an authority can change its key and
/// keep its name) and the serial number in hexadecimal. It suffices for a revocation check when the certificate is not at hand.
/// </summary>
public sealed record CertificateId
{
    /// <summary>The length of the database columns that store it, in characters.</summary>
    public const int MaxLength = 600;

    private const char Separator = '|';
    private const int MaxIssuerLength = 400;

    internal CertificateId(string issuer, string issuerKey, string serialNumber)
    {
        Issuer = issuer.Length > MaxIssuerLength ? issuer[..MaxIssuerLength] : issuer;
        IssuerKey = issuerKey;
        SerialNumber = serialNumber;
    }

    /// <summary>The issuer's name, for people to read. Only the key and the serial number are compared.</summary>
    public string Issuer { get; }

    public string IssuerKey { get; }
    public string SerialNumber { get; }

    /// <summary>Reads the output of <see cref="ToString"/>; false when the text has another form.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CertificateId? id)
    {
        id = null;
        if (text is null || text.Length > MaxLength) return false;

        // The issuer's name may contain the separator; the key and the serial number never do.
        var serial = text.LastIndexOf(Separator);
        var key = serial > 0 ? text.LastIndexOf(Separator, serial - 1) : -1;
        if (key < 0 || serial == text.Length - 1) return false;

        id = new CertificateId(text[..key], text[(key + 1)..serial], text[(serial + 1)..]);
        return true;
    }

    /// <summary>Canonical form of a serial number: upper-case hexadecimal without leading zeros.</summary>
    internal static string Normalized(ReadOnlySpan<byte> bigEndian) =>
        Convert.ToHexString(bigEndian).TrimStart('0') is { Length: > 0 } serial ? serial : "0";

    public override string ToString() => $"{Issuer}{Separator}{IssuerKey}{Separator}{SerialNumber}";
}
