using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>What is strong enough to be believed: a list of what may be, never of what may not.</summary>
internal static class CryptographicStrength
{
    // RSA 2048 is the key of the cards in use: a documented exception to ASVS 11.2.3.
    private const int MinRsaBits = 2048;
    private const int MinCurveBits = 256;

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

    public static bool HasStrongKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null) return rsa.KeySize >= MinRsaBits;

        using var curve = certificate.GetECDsaPublicKey();
        return curve is not null && curve.KeySize >= MinCurveBits;
    }
}
