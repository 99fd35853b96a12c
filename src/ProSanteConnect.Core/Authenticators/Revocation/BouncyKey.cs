using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Hands a public key of .NET to BouncyCastle, which reads the CRLs and OCSP answers that .NET cannot.</summary>
internal static class BouncyKey
{
    public static AsymmetricKeyParameter Of(X509Certificate2 certificate) =>
        PublicKeyFactory.CreateKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());
}
