using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Core.Authenticators.Verification;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>One question to an OCSP responder: one certificate, one nonce (RFC 6960, section 4.1; RFC 9654).</summary>
internal sealed class OcspQuestion
{
    private const int NonceSize = 32;

    // Responders find a certificate by SHA-1 of its issuer's name and key: an index, not a proof.
    private static readonly AlgorithmIdentifier IndexHash = new(OiwObjectIdentifiers.IdSha1, DerNull.Instance);

    private readonly CertificateID _certificate;
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(NonceSize);

    public OcspQuestion(Authority issuer, string serialNumber)
    {
        Issuer = issuer;
        _certificate = new CertificateID(
            IndexHash, new Org.BouncyCastle.X509.X509Certificate(issuer.Certificate.RawData), new BigInteger(serialNumber, 16));
    }

    public Authority Issuer { get; }

    public byte[] ToBytes()
    {
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(_nonce));

        var request = new OcspReqGenerator();
        request.AddRequest(_certificate);
        request.SetRequestExtensions(extensions.Generate());
        return request.Generate().GetEncoded();
    }

    /// <summary>Whether an answer is about this certificate; the parameters of the hash may be spelled otherwise.</summary>
    public bool IsAbout(CertificateID answered) =>
        answered.HashAlgOid == _certificate.HashAlgOid
        && answered.SerialNumber.Equals(_certificate.SerialNumber)
        && answered.GetIssuerNameHash().AsSpan().SequenceEqual(_certificate.GetIssuerNameHash())
        && answered.GetIssuerKeyHash().AsSpan().SequenceEqual(_certificate.GetIssuerKeyHash());

    public bool HasNonce(ReadOnlySpan<byte> nonce) => CryptographicOperations.FixedTimeEquals(nonce, _nonce);
}
