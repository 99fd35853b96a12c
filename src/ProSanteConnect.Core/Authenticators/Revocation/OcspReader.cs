using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Core.Authenticators.Verification;

namespace ProSanteConnect.Core.Authenticators.Revocation;

/// <summary>
/// Reads an OCSP answer and believes it only when it answers our question, is of today, and was signed by the authority
/// or its delegate (RFC 6960, section 3.2).
/// </summary>
internal static class OcspReader
{
    // An answer without nextUpdate says that newer news is always there: it counts for the moment only.
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
            // The parser has no one exception for "this is no answer", and whatever it throws means just that.
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
