using System.Diagnostics.CodeAnalysis;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// One certificate among all: its issuer's name, the SHA-256 of its issuer's public key (an authority may change its key
/// and keep its name) and its serial number, in hexadecimal. Enough to ask whether it was revoked when it is not at hand.
/// </summary>
public sealed record CertificateId
{
    /// <summary>What the columns that keep it hold.</summary>
    public const int MaxLength = 600;

    private const char Separator = '|';
    private const int MaxIssuerLength = 400;

    internal CertificateId(string issuer, string issuerKey, string serialNumber)
    {
        Issuer = issuer.Length > MaxIssuerLength ? issuer[..MaxIssuerLength] : issuer;
        IssuerKey = issuerKey;
        SerialNumber = serialNumber;
    }

    /// <summary>For people to read: the key and the serial number decide.</summary>
    public string Issuer { get; }

    public string IssuerKey { get; }
    public string SerialNumber { get; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CertificateId? id)
    {
        id = null;
        if (text is null || text.Length > MaxLength) return false;

        // The name of an issuer may hold the separator, the two others never do.
        var serial = text.LastIndexOf(Separator);
        var key = serial > 0 ? text.LastIndexOf(Separator, serial - 1) : -1;
        if (key < 0 || serial == text.Length - 1) return false;

        id = new CertificateId(text[..key], text[(key + 1)..serial], text[(serial + 1)..]);
        return true;
    }

    /// <summary>The serial number in one spelling: no leading zeros, capital letters.</summary>
    internal static string Normalized(ReadOnlySpan<byte> bigEndian) =>
        Convert.ToHexString(bigEndian).TrimStart('0') is { Length: > 0 } serial ? serial : "0";

    public override string ToString() => $"{Issuer}{Separator}{IssuerKey}{Separator}{SerialNumber}";
}
