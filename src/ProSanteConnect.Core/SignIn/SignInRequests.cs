using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// Opens, approves, redeems and cancels sign-in requests. Each move is one conditional UPDATE: of any number of parallel calls
/// on any number of nodes one succeeds.
/// </summary>
public sealed class SignInRequests(PscDb db, IHolderNotifier notifier)
{
    public async Task<SignInRequest> OpenAsync(
        string? clientId, string continuation, AuthMode? required, string browserSecret, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        var request = new SignInRequest
        {
            Id = Guid.NewGuid(),
            ClientId = clientId,
            Continuation = continuation,
            RequiredAuthMode = required,
            BrowserHash = SecretToken.HashOf(browserSecret),
            CreatedAt = now,
            ExpiresAt = now + options.RequestLifetime,
        };
        db.Add(request);
        await db.SaveChangesAsync(ct);
        return request;
    }

    /// <summary>The request, if the browser is the one that opened it; else null.</summary>
    public async Task<SignInRequest?> FindAsync(Guid id, string? browserSecret, DateTimeOffset now, CancellationToken ct)
    {
        var request = await db.SignInRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.ExpiresAt > now, ct);
        return request is not null && SecretToken.Matches(browserSecret, request.BrowserHash) ? request : null;
    }

    /// <summary>
    /// Records the proof and returns the handover, a secret with which the card listener sends the browser back. The result can be
    /// redeemed only with both the handover and the cookie of the browser that opened the request. Null when the request is over, or demands
    /// another means.
    /// </summary>
    public async Task<SecretToken?> ApproveAsync(Guid id, IdentityProof proof, DateTimeOffset now, CancellationToken ct)
    {
        var handover = SecretToken.Generate();
        return await RecordAsync(id, proof, handover.Hash, now, ct) ? handover : null;
    }

    /// <summary>
    /// Records the proof of a phone, in the caller's transaction. It needs no handover, because the browser has not left its page.
    /// False when the request is over, or demands another means.
    /// </summary>
    internal Task<bool> ApproveFromPhoneAsync(Guid id, ECps eCps, DateTimeOffset now, CancellationToken ct) =>
        RecordAsync(id, new IdentityProof(eCps.PractitionerId, AuthMode.Mobile, ECpsId: eCps.Id), handoverHash: null, now, ct);

    /// <summary>Redeems the result, once, for the browser that opened the request, and opens the session.</summary>
    public async Task<RedeemSignInResult> RedeemAsync(
        Guid id, string? browserSecret, string? handover, ClientContext context, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        var request = await FindAsync(id, browserSecret, now, ct);
        if (request is null || !IsHandedOver(request, handover)) return new RedeemSignInResult.Unknown();
        if (request.Status == SignInStatus.Redeemed) return new RedeemSignInResult.AlreadyRedeemed(request);

        var practitioner = await db.Practitioners.AsNoTracking()
            .Where(p => p.Id == request.PractitionerId && p.DelistedAt == null)
            .Select(p => new { p.Id, p.NationalId })
            .SingleOrDefaultAsync(ct);
        if (practitioner is null) return new RedeemSignInResult.Unknown();

        DateTimeOffset? eCpsEnd = request.ECpsId is null
            ? null
            : await db.ECps.Where(e => e.Id == request.ECpsId).Select(e => (DateTimeOffset?)e.ExpiresAt).SingleOrDefaultAsync(ct);
        var cookie = SecretToken.Generate();
        var end = now + options.SessionLifetime;
        if (request.CardExpiresAt < end) end = request.CardExpiresAt.Value;
        if (eCpsEnd < end) end = eCpsEnd.Value;
        var session = new Session
        {
            Id = Guid.NewGuid(),
            PractitionerId = practitioner.Id,
            NationalId = practitioner.NationalId,
            CookieHash = cookie.Hash,
            AuthMode = request.AuthMode!.Value,
            AuthenticatedAt = now,
            ExpiresAt = end,
            IdleExpiresAt = now + options.SessionIdleTime,
            IpAddress = context.IpAddress,
            Browser = context.Browser,
            UserAgentHash = context.UserAgentHash,
            CardNumber = request.CardNumber,
            CertificateId = request.CertificateId,
            ECpsId = request.ECpsId,
        };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Locks the row of the e-CPS first, as a deactivation does: the second of the two sees the changes of the first.
        if (request.ECpsId is { } eCps && !await db.ECps.UseAsync(eCps, now, ct)) return new RedeemSignInResult.Unknown();

        var redeemed = await Movable(id, SignInTrigger.Redeem, now)
            .Where(r => r.HandoverHash == request.HandoverHash && r.PractitionerId == request.PractitionerId && r.ECpsId == request.ECpsId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Status, SignInLifeCycle.Next(SignInTrigger.Redeem)).SetProperty(r => r.SessionId, session.Id), ct);
        if (redeemed != 1) return await NotRedeemedAsync(request, ct);

        db.Add(session);
        db.Add(new JournalEntry
        {
            At = now,
            Event = JournalEvent.SessionOpened,
            Outcome = JournalOutcome.Success,
            Detail = session.AuthMode.ToString().ToLowerInvariant(),
            PractitionerId = session.PractitionerId,
            ClientId = request.ClientId,
            SessionId = session.Id,
            IpAddress = context.IpAddress,
            Browser = context.Browser,
        });
        if (session.ECpsId is not null && await IsFromNewBrowserAsync(id, ct))
        {
            var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == practitioner.Id, ct);
            await notifier.SignedInFromNewBrowserAsync(db, session, request.ClientId, holder, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new RedeemSignInResult.Opened(request, session, cookie);
    }

    /// <summary>Cancels the approved, unredeemed requests of a practitioner, in the caller's transaction if there is one.</summary>
    internal Task RepudiateAsync(long practitionerId, CancellationToken ct)
    {
        var allowedFrom = SignInLifeCycle.AllowedFrom(SignInTrigger.Repudiate);
        return db.SignInRequests.Where(r => r.PractitionerId == practitionerId && allowedFrom.Contains(r.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, SignInLifeCycle.Next(SignInTrigger.Repudiate)), ct);
    }

    /// <summary>Cancels a request for the browser that opened it; false when it had ended before.</summary>
    public async Task<bool> CancelAsync(SignInRequest request, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await Movable(request.Id, SignInTrigger.Cancel, now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, SignInLifeCycle.Next(SignInTrigger.Cancel)), ct);
        if (cancelled != 1) return false;

        db.Add(new JournalEntry
        {
            At = now,
            Event = JournalEvent.SignInCancelled,
            Outcome = JournalOutcome.Refused,
            ClientId = request.ClientId,
            IpAddress = context.IpAddress,
            Browser = context.Browser,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<RedeemSignInResult> NotRedeemedAsync(SignInRequest request, CancellationToken ct) =>
        await db.SignInRequests.AnyAsync(r => r.Id == request.Id && r.Status == SignInStatus.Cancelled, ct)
            ? new RedeemSignInResult.Cancelled(request)
            : new RedeemSignInResult.AlreadyRedeemed(request);

    private Task<bool> IsFromNewBrowserAsync(Guid id, CancellationToken ct) => db.ApprovalRequests
        .AnyAsync(a => a.SignInRequestId == id && a.Status == ApprovalStatus.Approved && !a.KnownBrowser, ct);

    private async Task<bool> RecordAsync(Guid id, IdentityProof proof, byte[]? handoverHash, DateTimeOffset now, CancellationToken ct) =>
        await Movable(id, SignInTrigger.Approve, now).Where(r => r.RequiredAuthMode == null || r.RequiredAuthMode == proof.AuthMode).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.Status, SignInLifeCycle.Next(SignInTrigger.Approve))
                .SetProperty(r => r.PractitionerId, proof.PractitionerId)
                .SetProperty(r => r.AuthMode, proof.AuthMode)
                .SetProperty(r => r.CardNumber, proof.CardNumber)
                .SetProperty(r => r.CardExpiresAt, proof.CardExpiresAt)
                .SetProperty(r => r.CertificateId, proof.CertificateId)
                .SetProperty(r => r.ECpsId, proof.ECpsId)
                .SetProperty(r => r.HandoverHash, handoverHash),
            ct) == 1;

    // After a card the browser comes back from the card listener with the handover; during an approval on the phone it stays on its page.
    private static bool IsHandedOver(SignInRequest request, string? handover) => request.AuthMode == AuthMode.Mobile
        ? request.ECpsId is not null
        : SecretToken.Matches(handover, request.HandoverHash);

    private IQueryable<SignInRequest> Movable(Guid id, SignInTrigger trigger, DateTimeOffset now)
    {
        var allowedFrom = SignInLifeCycle.AllowedFrom(trigger);
        return db.SignInRequests.Where(r => r.Id == id && r.ExpiresAt > now && allowedFrom.Contains(r.Status));
    }
}

/// <summary>The result of <see cref="SignInRequests.RedeemAsync"/>.</summary>
public abstract record RedeemSignInResult
{
    private RedeemSignInResult() { }

    public sealed record Opened(SignInRequest Request, Session Session, SecretToken Cookie) : RedeemSignInResult;

    /// <summary>The result was redeemed before, for example by a double click or the back button: the session is open.</summary>
    public sealed record AlreadyRedeemed(SignInRequest Request) : RedeemSignInResult;

    /// <summary>Approved, and then cancelled before the result was fetched.</summary>
    public sealed record Cancelled(SignInRequest Request) : RedeemSignInResult;

    /// <summary>Another browser, a wrong handover, a request that is not approved or has expired, or a holder or e-CPS that is no longer active.</summary>
    public sealed record Unknown : RedeemSignInResult;
}
