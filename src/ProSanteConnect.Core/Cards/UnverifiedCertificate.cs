using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// A certificate as presented, not yet verified. Certificates are public: one identifies nobody until the TLS handshake has
/// proved possession of its key and <see cref="Checks.CardVerifier"/> has accepted it.
/// </summary>
public sealed class UnverifiedCertificate(X509Certificate2 certificate)
{
    internal X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Reads the DER bytes that a proxy forwarded; false when they are not a certificate.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, [NotNullWhen(true)] out UnverifiedCertificate? certificate)
    {
        certificate = null;
        try
        {
            certificate = new UnverifiedCertificate(X509CertificateLoader.LoadCertificate(der));
        }
        catch (CryptographicException)
        {
            // The bytes come from outside, so malformed input is an expected result.
        }

        return certificate is not null;
    }

    public override string ToString() => "UnverifiedCertificate(***)";
}
