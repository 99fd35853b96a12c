using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Core.Cards.Revocation;

/// <summary>Checks whether a certificate was revoked: by OCSP, by CRL, or by OCSP with the CRL as fallback.</summary>
public interface IRevocationCheck
{
    Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The result of a revocation check.</summary>
public abstract record RevocationAnswer
{
    private RevocationAnswer()
    {
    }

    public sealed record Good : RevocationAnswer;

    public sealed record Revoked(DateTimeOffset Since) : RevocationAnswer;

    /// <param name="Doubt">Why the check failed, as a code for the log.</param>
    public sealed record Unknown(string Doubt) : RevocationAnswer;
}

/// <summary>Why a source of revocation information gave no answer. The codes appear in logs and metrics.</summary>
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
/// Asks OCSP first because it is current, and falls back to the CRL in memory. A certificate that either source reports as
/// revoked is revoked.
/// </summary>
public sealed class OcspThenCrl(OcspCheck ocsp, CrlStore crls, ILogger<OcspThenCrl> log) : IRevocationCheck
{
    public async Task<RevocationAnswer> CheckAsync(CertificateId certificate, DateTimeOffset now, CancellationToken ct)
    {
        var listed = crls.Find(certificate, now);
        if (listed is RevocationAnswer.Revoked) return listed;

        // While the responder is known to fail, a fresh CRL answers without waiting for the timeout.
        if (listed is RevocationAnswer.Good && ocsp.IsPaused(certificate, now)) return listed;

        var asked = await ocsp.CheckAsync(certificate, now, ct);
        if (asked is not RevocationAnswer.Unknown(var ocspDoubt)) return asked;

        if (ocspDoubt != RevocationDoubt.NotConfigured) Log.OcspFailed(log, certificate.Issuer, ocspDoubt);
        if (listed is not RevocationAnswer.Unknown(var crlDoubt)) return listed;

        Log.RevocationUnknown(log, certificate.Issuer, ocspDoubt, crlDoubt);
        return new RevocationAnswer.Unknown($"ocsp {ocspDoubt}, crl {crlDoubt}");
    }
}

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "The OCSP responder of {Issuer} gave no usable response ({Doubt}); the CRL is checked instead")]
    public static partial void OcspFailed(ILogger logger, string issuer, string doubt);

    [LoggerMessage(3102, LogLevel.Error, "Revocation check failed for a certificate of {Issuer}: OCSP {OcspDoubt}, CRL {CrlDoubt}. The card is refused unless Card:RevocationPolicy accepts unchecked cards")]
    public static partial void RevocationUnknown(ILogger logger, string issuer, string ocspDoubt, string crlDoubt);
}
