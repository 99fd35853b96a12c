using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// Verifies the certificate that was presented for a sign-in, and approves the sign-in request. Called by the card listener and by
/// the virtual reader of the sandbox.
/// </summary>
internal sealed class CardSignIn(
    CardVerifier verifier, SignInRequests requests, PscDb db, JournalWriter journal, RateLimiter limiter, Limits limits,
    PscMetrics metrics, TimeProvider clock, ILogger<CardSignIn> logger)
{
    /// <param name="signInRequestId">The sign-in request to approve.</param>
    /// <param name="presented">The certificate; null when the browser presented none.</param>
    /// <param name="context">The browser, for the rate limit and the journal.</param>
    /// <param name="ct">Cancels the check.</param>
    public async Task<CardSignInResult> PresentAsync(
        Guid signInRequestId, UnverifiedCertificate? presented, ClientContext context, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var verification = await verifier.VerifyAsync(presented, now, ct);
        if (verification is CardVerification.Refused refused)
            return await RefuseAsync(refused, context, now, ct);

        var card = ((CardVerification.Verified)verification).Card;
        var practitionerId = await db.Practitioners.FindListedAsync(card.NationalId, ct);
        if (practitionerId is null)
            return await RefuseAsync(new CardVerification.Refused(CardRefusal.NotInDirectory), context, now, ct);

        var proof = new IdentityProof(practitionerId.Value, AuthMode.Card, card.CardNumber, card.NotAfter, card.CertificateId.ToString());
        if (await requests.ApproveAsync(signInRequestId, proof, now, ct) is not { } handover) return new CardSignInResult.RequestOver();

        await journal.WriteAsync(
            Entry(JournalOutcome.Success, card.IsRevocationChecked ? card.Kind.ToString() : "revocation-unchecked", practitionerId, context, now), ct);
        return new CardSignInResult.Approved(handover);
    }

    private async Task<CardSignInResult> RefuseAsync(
        CardVerification.Refused refused, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        metrics.CardRefused(refused.Reason.Code());
        if (await limiter.CountAddressAsync(limits.RefusedCards, context.IpAddress, ct) is RateLimitResult.Exceeded exceeded)
            return new CardSignInResult.TooMany(exceeded);

        logger.CardRefused(refused.JournalDetail);
        await journal.WriteAsync(Entry(JournalOutcome.Refused, refused.JournalDetail, null, context, now), ct);
        return new CardSignInResult.Refused(refused.Reason, refused.When);
    }

    private static JournalEntry Entry(
        JournalOutcome outcome, string detail, long? practitionerId, ClientContext context, DateTimeOffset now) => new()
        {
            At = now,
            Event = JournalEvent.CardPresented,
            Outcome = outcome,
            Detail = detail,
            PractitionerId = practitionerId,
            IpAddress = context.IpAddress,
            Browser = context.Browser,
        };
}

/// <summary>The outcome of <see cref="CardSignIn.PresentAsync"/>.</summary>
internal abstract record CardSignInResult
{
    private CardSignInResult() { }

    /// <param name="Handover">The secret that the browser presents to <see cref="SignInContinuation"/>.</param>
    public sealed record Approved(SecretToken Handover) : CardSignInResult;

    /// <param name="Reason">Why the card was refused.</param>
    /// <param name="When">The date that the page shows, for example of the expiry; null for most reasons.</param>
    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When) : CardSignInResult;

    /// <summary>Too many cards from this address were refused.</summary>
    public sealed record TooMany(RateLimitResult.Exceeded Limit) : CardSignInResult;

    /// <summary>The sign-in request has expired or was cancelled.</summary>
    public sealed record RequestOver : CardSignInResult;
}
