using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>
/// Judges a card that was presented for a sign-in, and approves the request with it. The card listener and the sandbox's
/// virtual reader both end here.
/// </summary>
internal sealed class CardSignIn(
    CardVerifier verifier, SignInRequests requests, PscDb db, JournalWriter journal, RateLimiter limiter, Limits limits,
    PscMetrics metrics, TimeProvider clock, ILogger<CardSignIn> logger)
{
    public async Task<CardSignInResult> PresentAsync(
        Guid demande, UnverifiedCertificate? presented, ClientContext origin, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var verification = await verifier.VerifyAsync(presented, now, ct);
        if (verification is CardVerification.Refused refused)
            return await RefuseAsync(refused, origin, now, ct);

        var card = ((CardVerification.Verified)verification).Card;
        var holder = card.NationalId.Value;
        var practitionerId = await db.Practitioners.AsNoTracking()
            .Where(p => p.NationalId == holder && p.DelistedAt == null)
            .Select(p => (long?)p.Id)
            .SingleOrDefaultAsync(ct);
        if (practitionerId is null)
            return await RefuseAsync(new CardVerification.Refused(CardRefusal.NotInDirectory), origin, now, ct);

        var proof = new IdentityProof(practitionerId.Value, AuthMode.Card, card.CardNumber, card.NotAfter, card.CertificateId.ToString());
        if (await requests.ApproveAsync(demande, proof, now, ct) is not { } handover) return new CardSignInResult.RequestOver();

        await journal.WriteAsync(
            Entry(JournalOutcome.Success, card.IsRevocationChecked ? card.Kind.ToString() : "revocation-unchecked", practitionerId, origin, now), ct);
        return new CardSignInResult.Approved(handover);
    }

    private async Task<CardSignInResult> RefuseAsync(
        CardVerification.Refused refused, ClientContext origin, DateTimeOffset now, CancellationToken ct)
    {
        metrics.CardRefused(refused.Reason.Code());
        if (await limiter.CountAddressAsync(limits.RefusedCards, origin.IpAddress, ct) is RateLimitResult.Exceeded exceeded)
            return new CardSignInResult.TooMany(exceeded);

        logger.CardRefused(refused.JournalDetail);
        await journal.WriteAsync(Entry(JournalOutcome.Refused, refused.JournalDetail, null, origin, now), ct);
        return new CardSignInResult.Refused(refused.Reason, refused.When);
    }

    private static JournalEntry Entry(
        JournalOutcome outcome, string detail, long? practitionerId, ClientContext origin, DateTimeOffset now) => new()
        {
            At = now,
            Event = JournalEvent.CardPresented,
            Outcome = outcome,
            Detail = detail,
            PractitionerId = practitionerId,
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
        };
}

/// <summary>What became of a card that was presented for a sign-in.</summary>
internal abstract record CardSignInResult
{
    private CardSignInResult() { }

    /// <param name="Handover">The secret with which the browser goes back.</param>
    public sealed record Approved(SecretToken Handover) : CardSignInResult;

    public sealed record Refused(CardRefusal Reason, DateTimeOffset? When) : CardSignInResult;

    /// <summary>Too many refused cards from this network.</summary>
    public sealed record TooMany(RateLimitResult.Exceeded Limit) : CardSignInResult;

    /// <summary>The request expired or was cancelled meanwhile.</summary>
    public sealed record RequestOver : CardSignInResult;

    /// <summary>Sends the browser on: back to the wallet, whose origin is given, or to wait a while.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, string wallet, Guid demande, RateLimitRefusal refusal)
    {
        if (this is not TooMany tooMany) return new SeeOther(wallet + NextFor(demande));

        await refusal.AnswerAsync(http, tooMany.Limit);
        return TypedResults.Empty;
    }

    private string NextFor(Guid demande) => this switch
    {
        Approved approved => SignInContinuation.UrlFor(demande, approved.Handover),
        Refused refused => $"/carte/refusee?motif={refused.Reason.Code()}{DateOf(refused)}&demande={demande}",
        _ => SignInStart.PageOf(demande),
    };

    private static string DateOf(Refused refused) => refused.When is { } when ? $"&date={when:yyyy-MM-dd}" : "";
}
