using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace ProSanteConnect.Tools.Certs;

/// <summary>The OCSP responder of the test PKI, from request bytes to response bytes; the sandbox serves it over HTTP.</summary>
public sealed class TestOcspResponder(TestPki pki)
{
    public const string RequestType = "application/ocsp-request";
    public const string ResponseType = "application/ocsp-response";

    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    public byte[] Answer(byte[] request, DateTimeOffset now)
    {
        try
        {
            return Answer(new OcspReq(request), now);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser throws many types of exception; RFC 6960 has one status for all malformed requests.
            return Failure(OcspRespStatus.MalformedRequest);
        }
    }

    /// <summary>The nonce of a request; null when it has none.</summary>
    public static byte[]? NonceOf(OcspReq request) =>
        request.GetExtensionParsedValue(OcspObjectIdentifiers.PkixOcspNonce) is { } nonce
            ? Asn1OctetString.GetInstance(nonce).GetOctets()
            : null;

    private byte[] Answer(OcspReq request, DateTimeOffset now)
    {
        var asked = request.GetRequestList().Select(r => r.GetCertID()).ToList();
        var signer = pki.Delegates.FirstOrDefault(d => asked.TrueForAll(id => IsOf(d.Authority, id)));
        if (signer is null || asked.Count == 0) return Failure(OcspRespStatus.Unauthorized);

        var answer = new OcspAnswer { ThisUpdate = now, NextUpdate = now + Term, Nonce = NonceOf(request) };
        foreach (var id in asked) answer.About(id, Status(signer.Authority, id));
        return answer.Sign(signer.SigningKey, signer.Certificate.RawData);
    }

    private CertificateStatus? Status(TestAuthority authority, CertificateID id)
    {
        var serial = Convert.ToHexString(id.SerialNumber.ToByteArrayUnsigned());
        if (pki.CardOf(authority, serial) is not { } card) return new UnknownStatus();

        return card.RevokedAt is { } at ? new RevokedStatus(at.UtcDateTime) : null;
    }

    private static bool IsOf(TestAuthority authority, CertificateID id) =>
        id.MatchesIssuer(new BouncyCertificate(authority.Certificate.RawData));

    private static byte[] Failure(int status) => new OCSPRespGenerator().Generate(status, null).GetEncoded();
}

/// <summary>A delegated OCSP signer of an authority (RFC 6960, section 4.2.2.2).</summary>
internal sealed class TestOcspDelegate(TestAuthority authority, X509Certificate2 certificate, Lazy<ECDsa> key)
{
    private readonly Lazy<AsymmetricKeyParameter> _signingKey = new(() => PrivateKeyFactory.CreateKey(key.Value.ExportPkcs8PrivateKey()));

    public TestAuthority Authority { get; } = authority;
    public X509Certificate2 Certificate { get; } = certificate;
    public ECDsa Key => key.Value;

    /// <summary>The private key as a BouncyCastle object.</summary>
    public AsymmetricKeyParameter SigningKey => _signingKey.Value;

    public static TestOcspDelegate Of(TestAuthority authority, string tier, string population, DateTimeOffset now)
    {
        var profile = CertificateProfile.OcspResponder;
        var key = (ECDsa)TestKeys.Create(profile);
        var values = new ProfileValues(("tier", tier), ("population", population));
        return new TestOcspDelegate(authority, authority.Issue(profile, values, new PublicKey(key), now), new Lazy<ECDsa>(key));
    }
}

/// <summary>An OCSP response before it is signed (RFC 6960, section 4.2).</summary>
internal sealed class OcspAnswer
{
    private readonly List<(CertificateID Certificate, CertificateStatus? Status)> _about = [];

    public required DateTimeOffset ThisUpdate { get; init; }
    public required DateTimeOffset? NextUpdate { get; init; }

    /// <summary>The nonce to repeat; null for a response that was signed in advance.</summary>
    public byte[]? Nonce { get; init; }

    /// <summary>Adds the status of one certificate; null means "good".</summary>
    public OcspAnswer About(CertificateID certificate, CertificateStatus? status)
    {
        _about.Add((certificate, status));
        return this;
    }

    /// <summary>Signs the response and includes the signer's certificate.</summary>
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
