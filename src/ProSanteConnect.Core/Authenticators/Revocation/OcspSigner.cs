using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Core.Authenticators.Verification;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>Who may sign for an authority: itself, or whom it delegated by a certificate (RFC 6960, section 4.2.2.2).</summary>
internal static class OcspSigner
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const int MaxCertificates = 4;

    public static bool Signed(BasicOcspResp answer, Authority issuer, Func<CertificateId, bool> isRevoked, DateTimeOffset now)
    {
        if (IsSignedBy(answer, BouncyKey.Of(issuer.Certificate))) return true;

        return answer.GetCerts() is { Length: <= MaxCertificates } certificates
            && certificates.Any(c => IsDelegate(c, issuer, isRevoked, now) && IsSignedBy(answer, c.GetPublicKey()));
    }

    private static bool IsSignedBy(BasicOcspResp answer, AsymmetricKeyParameter key) =>
        key.Fits(answer.SignatureAlgorithm.Algorithm.Id) && answer.Verify(key);

    private static bool IsDelegate(BouncyCertificate bouncy, Authority issuer, Func<CertificateId, bool> isRevoked, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(bouncy.GetEncoded());
        var issuerKey = BouncyKey.Of(issuer.Certificate);
        return certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.Certificate.SubjectName.RawData)
            && now >= certificate.NotBefore && now <= certificate.NotAfter
            && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
                .Any(e => e.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == OcspSigning))
            && CryptographicStrength.HasStrongSignature(certificate)
            && CryptographicStrength.HasStrongKey(certificate)
            && !isRevoked(issuer.Issued(certificate))
            && issuerKey.Fits(bouncy.SigAlgOid) && bouncy.IsSignatureValid(issuerKey);
    }
}
