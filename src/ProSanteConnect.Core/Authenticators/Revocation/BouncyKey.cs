using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Hands a public key of .NET to BouncyCastle, which reads the CRLs and OCSP answers that .NET cannot.</summary>
internal static class BouncyKey
{
    private const string RsaAlgorithms = "1.2.840.113549.1.1.";

    public static AsymmetricKeyParameter Of(X509Certificate2 certificate) =>
        PublicKeyFactory.CreateKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Whether a signature of this algorithm can be of this key; to verify another would throw.</summary>
    public static bool Fits(this AsymmetricKeyParameter key, string algorithm) =>
        key is RsaKeyParameters == algorithm.StartsWith(RsaAlgorithms, StringComparison.Ordinal);
}
