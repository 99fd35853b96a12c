using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Core.Cards.Checks;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>One OCSP request: one certificate, one nonce (RFC 6960, section 4.1; RFC 9654).</summary>
internal sealed class OcspQuestion
{
    private const int NonceSize = 32;

    // Responders look a certificate up by the SHA-1 of its issuer's name and key. Nothing relies on the strength of this hash.
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

    /// <summary>Whether a response is about this certificate. The encoding of the hash parameters may differ.</summary>
    public bool IsAbout(CertificateID answered) =>
        answered.HashAlgOid == _certificate.HashAlgOid
        && answered.SerialNumber.Equals(_certificate.SerialNumber)
        && answered.GetIssuerNameHash().AsSpan().SequenceEqual(_certificate.GetIssuerNameHash())
        && answered.GetIssuerKeyHash().AsSpan().SequenceEqual(_certificate.GetIssuerKeyHash());

    public bool HasNonce(ReadOnlySpan<byte> nonce) => CryptographicOperations.FixedTimeEquals(nonce, _nonce);
}

/// <summary>
/// Reads an OCSP response. Accepts it only when it answers this request, is current, and is signed by the authority or its
/// delegate (RFC 6960, section 3.2).
/// </summary>
internal static class OcspReader
{
    // RFC 6960, section 4.2.2.1: without nextUpdate newer information is always available, so the response is used briefly only.
    private static readonly TimeSpan TermWithoutNextUpdate = TimeSpan.FromMinutes(10);

    public static OcspReading Read(byte[] bytes, OcspQuestion question, OcspTerms terms, DateTimeOffset now)
    {
        try
        {
            var answer = new OcspResp(bytes);
            return answer.Status == OcspRespStatus.Successful && answer.GetResponseObject() is BasicOcspResp basic
                ? Judge(basic, question, terms, now)
                : new OcspReading.Rejected(RevocationDoubt.Refused);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser throws many types of exception for malformed input; each of them means "unreadable".
            return new OcspReading.Rejected(RevocationDoubt.Unreadable);
        }
    }

    private static OcspReading Judge(BasicOcspResp answer, OcspQuestion question, OcspTerms terms, DateTimeOffset now)
    {
        if (!CryptographicStrength.IsStrongSignature(answer.SignatureAlgorithm.Algorithm.Id))
            return new OcspReading.Rejected(RevocationDoubt.WeakSignature);
        if (!OcspSigner.Signed(answer, question.Issuer, terms.IsRevoked, now))
            return new OcspReading.Rejected(RevocationDoubt.WrongSigner);
        if (!HasRightNonce(answer, question, terms.NonceRequired))
            return new OcspReading.Rejected(RevocationDoubt.WrongNonce);

        return answer.Responses.FirstOrDefault(r => question.IsAbout(r.GetCertID())) is { } single
            ? Judge(single, now)
            : new OcspReading.Rejected(RevocationDoubt.WrongCertificate);
    }

    private static OcspReading Judge(SingleResp single, DateTimeOffset now)
    {
        var thisUpdate = BouncyTime.Of(single.ThisUpdate);
        if (thisUpdate > now + BouncyTime.ClockSkew) return new OcspReading.Rejected(RevocationDoubt.FromTheFuture);

        var until = single.NextUpdate is { } next ? BouncyTime.Of(next) : thisUpdate + TermWithoutNextUpdate;
        if (until <= now) return new OcspReading.Rejected(RevocationDoubt.Stale);

        return single.GetCertStatus() switch
        {
            null => new OcspReading.Accepted(new RevocationAnswer.Good(), until),
            RevokedStatus revoked => new OcspReading.Accepted(new RevocationAnswer.Revoked(BouncyTime.Of(revoked.RevocationTime)), until),
            _ => new OcspReading.Rejected(RevocationDoubt.UnknownToResponder),
        };
    }

    private static bool HasRightNonce(BasicOcspResp answer, OcspQuestion question, bool required) =>
        answer.GetExtensionParsedValue(OcspObjectIdentifiers.PkixOcspNonce) is { } nonce
            ? question.HasNonce(Asn1OctetString.GetInstance(nonce).GetOctets())
            : !required;
}

/// <summary>The result of reading an OCSP response.</summary>
internal abstract record OcspReading
{
    private OcspReading()
    {
    }

    /// <param name="Answer">The status that the responder gives.</param>
    /// <param name="Until">The end of the validity of this response.</param>
    public sealed record Accepted(RevocationAnswer Answer, DateTimeOffset Until) : OcspReading;

    public sealed record Rejected(string Doubt) : OcspReading;
}

/// <summary>Who may sign responses for an authority: the authority or a delegate that it certified (RFC 6960, section 4.2.2.2).</summary>
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
