using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// A certificate as somebody presented it. A certificate is public: until the TLS handshake has proved its key and
/// the <see cref="Checks.CardVerifier"/> has judged it, it says nothing about anybody.
/// </summary>
public sealed class UnverifiedCertificate(X509Certificate2 certificate)
{
    internal X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Reads the DER bytes that a proxy handed on.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, [NotNullWhen(true)] out UnverifiedCertificate? certificate)
    {
        certificate = null;
        try
        {
            certificate = new UnverifiedCertificate(X509CertificateLoader.LoadCertificate(der));
        }
        catch (CryptographicException)
        {
            // Bytes that are no certificate are an expected answer of a stranger, not a fault of ours.
        }

        return certificate is not null;
    }

    public override string ToString() => "UnverifiedCertificate(***)";
}
