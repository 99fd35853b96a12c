using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards.Checks;

/// <summary>The accepted keys and signature algorithms, as allow-lists.</summary>
internal static class CryptographicStrength
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    // The cards in use have RSA keys of 2048 bits: a documented exception to ASVS 11.2.3.
    private const int MinRsaBits = 2048;

    private static readonly HashSet<string> Curves =
    [
        "1.2.840.10045.3.1.7", // P-256
        "1.3.132.0.34", // P-384
        "1.3.132.0.35", // P-521
    ];

    private static readonly HashSet<string> Signatures =
    [
        "1.2.840.113549.1.1.11", // sha256WithRSAEncryption
        "1.2.840.113549.1.1.12", // sha384WithRSAEncryption
        "1.2.840.113549.1.1.13", // sha512WithRSAEncryption
        "1.2.840.10045.4.3.2", // ecdsa-with-SHA256
        "1.2.840.10045.4.3.3", // ecdsa-with-SHA384
        "1.2.840.10045.4.3.4", // ecdsa-with-SHA512
    ];

    public static bool IsStrongSignature(string? oid) => oid is not null && Signatures.Contains(oid);

    public static bool HasStrongSignature(X509Certificate2 certificate) => IsStrongSignature(certificate.SignatureAlgorithm.Value);

    /// <summary>Reads the size from the encoding, because creating the key object costs more than building the chain.</summary>
    public static bool HasStrongKey(X509Certificate2 certificate)
    {
        var key = certificate.PublicKey;
        try
        {
            return key.Oid.Value switch
            {
                Rsa => Reader(key.EncodedKeyValue).ReadSequence().ReadInteger().GetBitLength() >= MinRsaBits,
                EllipticCurve when key.EncodedParameters is { } curve => Curves.Contains(Reader(curve).ReadObjectIdentifier()),
                _ => false,
            };
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static AsnReader Reader(AsnEncodedData data) => new(data.RawData, AsnEncodingRules.DER);
}
