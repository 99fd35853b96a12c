using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace ProSanteConnect.Tools.Certs;

/// <summary>An OCSP answer about to be signed (RFC 6960, section 4.2).</summary>
internal sealed class OcspAnswer
{
    private readonly List<(CertificateID Certificate, CertificateStatus? Status)> _about = [];

    public required DateTimeOffset ThisUpdate { get; init; }
    public required DateTimeOffset? NextUpdate { get; init; }

    /// <summary>The nonce to repeat, or null for an answer made in advance.</summary>
    public byte[]? Nonce { get; init; }

    /// <summary>Adds the status of one certificate; null is "good".</summary>
    public OcspAnswer About(CertificateID certificate, CertificateStatus? status)
    {
        _about.Add((certificate, status));
        return this;
    }

    /// <summary>Signs; the signer's certificate goes with the answer.</summary>
    public byte[] Sign(AsymmetricKeyParameter key, byte[] certificate, string algorithm = "SHA256WITHECDSA")
    {
        var signer = new BouncyCertificate(certificate);
        var answer = new BasicOcspRespGenerator(new RespID(signer.SubjectDN));
        foreach (var (about, status) in _about)
            answer.AddResponse(about, status, ThisUpdate.UtcDateTime, NextUpdate?.UtcDateTime, singleExtensions: null);
        if (Nonce is { } nonce) answer.SetResponseExtensions(Repeat(nonce));

        var basic = answer.Generate(new Asn1SignatureFactory(algorithm, key), [signer], ThisUpdate.UtcDateTime);
        return new OCSPRespGenerator().Generate(OcspRespStatus.Successful, basic).GetEncoded();
    }

    private static X509Extensions Repeat(byte[] nonce)
    {
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(nonce));
        return extensions.Generate();
    }
}
