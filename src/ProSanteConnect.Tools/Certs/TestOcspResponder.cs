using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace ProSanteConnect.Tools.Certs;

/// <summary>The OCSP responder of the test PKI: bytes in, bytes out; the sandbox gives it an address.</summary>
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
            // Whatever the parser throws about a stranger's bytes, RFC 6960 has one word for it.
            return Failure(OcspRespStatus.MalformedRequest);
        }
    }

    /// <summary>The nonce of a request, or null when it has none.</summary>
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
