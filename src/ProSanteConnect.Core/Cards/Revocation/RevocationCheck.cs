using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>Somebody who knows whether a certificate was revoked: an OCSP responder, a CRL, or the one and then the other.</summary>
public interface IRevocationCheck
{
    Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Whether a certificate was revoked, as far as anybody could say.</summary>
public abstract record RevocationAnswer
{
    private RevocationAnswer()
    {
    }

    public sealed record Good : RevocationAnswer;

    public sealed record Revoked(DateTimeOffset Since) : RevocationAnswer;

    /// <param name="Doubt">Why nobody could say, as a code for the log.</param>
    public sealed record Unknown(string Doubt) : RevocationAnswer;
}

/// <summary>Why a source of revocation could not answer. The codes appear in logs and metrics.</summary>
internal static class RevocationDoubt
{
    public const string NotConfigured = "not-configured";
    public const string Unreachable = "unreachable";
    public const string TimedOut = "timed-out";
    public const string TooLarge = "too-large";
    public const string Unreadable = "unreadable";
    public const string Refused = "refused";
    public const string WeakSignature = "weak-signature";
    public const string WrongSigner = "wrong-signer";
    public const string WrongIssuer = "wrong-issuer";
    public const string WrongCertificate = "wrong-certificate";
    public const string WrongNonce = "wrong-nonce";
    public const string FromTheFuture = "from-the-future";
    public const string Stale = "stale";
    public const string Partial = "partial";
    public const string Older = "older-than-held";
    public const string NotLoaded = "not-loaded";
    public const string NotRefreshed = "not-refreshed";
    public const string UnknownToResponder = "unknown-to-responder";
}

/// <summary>
/// The order of the house: OCSP first because it is of this minute, the CRL in memory when it cannot answer.
/// Revoked by either is revoked.
/// </summary>
public sealed class OcspThenCrl(OcspCheck ocsp, CrlStore crls, ILogger<OcspThenCrl> log) : IRevocationCheck
{
    public async Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct)
    {
        var listed = crls.Find(certificate, now);
        if (listed is RevocationAnswer.Revoked) return listed;

        // While a responder is known to fail, a fresh list spares every sign-in the wait.
        if (listed is RevocationAnswer.Good && ocsp.IsPaused(certificate, now)) return listed;

        var asked = await ocsp.CheckAsync(certificate, now, ct);
        if (asked is not RevocationAnswer.Unknown(var ocspDoubt)) return asked;

        if (ocspDoubt != RevocationDoubt.NotConfigured) Log.OcspFailed(log, certificate.Issuer, ocspDoubt);
        if (listed is not RevocationAnswer.Unknown(var crlDoubt)) return listed;

        Log.NobodyCouldSay(log, certificate.Issuer, ocspDoubt, crlDoubt);
        return new RevocationAnswer.Unknown($"ocsp {ocspDoubt}, crl {crlDoubt}");
    }
}
