using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// Opens, approves, redeems and cancels sign-in requests. Each move is one conditional UPDATE: of any number of
/// parallel calls on any number of nodes one wins.
/// </summary>
public sealed class SignInRequests(PscDb db)
{
    public async Task<SignInRequest> OpenAsync(
        string? clientId, string continuation, string browserSecret, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        var request = new SignInRequest
        {
            Id = Guid.NewGuid(),
            ClientId = clientId,
            Continuation = continuation,
            BrowserHash = SecretToken.HashOf(browserSecret),
            CreatedAt = now,
            ExpiresAt = now + options.RequestLifetime,
        };
        db.Add(request);
        await db.SaveChangesAsync(ct);
        return request;
    }

    /// <summary>The request, for the browser that began it and nobody else.</summary>
    public async Task<SignInRequest?> FindAsync(Guid id, string? browserSecret, DateTimeOffset now, CancellationToken ct)
    {
        var request = await db.SignInRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.ExpiresAt > now, ct);
        return request is not null && SecretToken.Matches(browserSecret, request.BrowserHash) ? request : null;
    }

    /// <summary>
    /// Records the proof, and returns the secret with which the door sends the browser back: the result is worth something
    /// only to who presents both this and the cookie of the browser that began. Null when the request is over.
    /// </summary>
    public async Task<SecretToken?> ApproveAsync(Guid id, IdentityProof proof, DateTimeOffset now, CancellationToken ct)
    {
        var handover = SecretToken.Generate();
        var hash = handover.Hash;
        var approved = await Movable(id, SignInTrigger.Approve, now).ExecuteUpdateAsync(
            set => set
                .SetProperty(r => r.Status, SignInStatus.Approved)
                .SetProperty(r => r.PractitionerId, proof.PractitionerId)
                .SetProperty(r => r.AuthMode, proof.AuthMode)
                .SetProperty(r => r.CardNumber, proof.CardNumber)
                .SetProperty(r => r.CardExpiresAt, proof.CardExpiresAt)
                .SetProperty(r => r.CertificateId, proof.CertificateId)
                .SetProperty(r => r.HandoverHash, hash),
            ct);
        return approved == 1 ? handover : null;
    }

    /// <summary>Fetches the result, once, for the browser that began, and opens the session with it.</summary>
    public async Task<RedeemSignInResult> RedeemAsync(
        Guid id, string? browserSecret, string? handover, BrowserOrigin origin, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        var request = await FindAsync(id, browserSecret, now, ct);
        if (request is null || !SecretToken.Matches(handover, request.HandoverHash)) return new RedeemSignInResult.Unknown();
        if (request.Status == SignInStatus.Redeemed) return new RedeemSignInResult.AlreadyRedeemed(request);

        var practitioner = await db.Practitioners.AsNoTracking()
            .Where(p => p.Id == request.PractitionerId && p.DelistedAt == null)
            .Select(p => new { p.Id, p.NationalId })
            .SingleOrDefaultAsync(ct);
        if (practitioner is null) return new RedeemSignInResult.Unknown();

        var cookie = SecretToken.Generate();
        var end = now + options.SessionLifetime;
        if (request.CardExpiresAt < end) end = request.CardExpiresAt.Value;
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
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
            UserAgentHash = origin.UserAgentHash,
            CardNumber = request.CardNumber,
            CertificateId = request.CertificateId,
        };

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var redeemed = await Movable(id, SignInTrigger.Redeem, now)
            .Where(r => r.HandoverHash == request.HandoverHash)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Status, SignInStatus.Redeemed).SetProperty(r => r.SessionId, session.Id), ct);
        if (redeemed != 1) return new RedeemSignInResult.AlreadyRedeemed(request);

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
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new RedeemSignInResult.Opened(request, session, cookie);
    }

    /// <summary>Ends a request on its owner's word; false when it was over already.</summary>
    public async Task<bool> CancelAsync(SignInRequest request, BrowserOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await Movable(request.Id, SignInTrigger.Cancel, now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, SignInStatus.Cancelled), ct);
        if (cancelled != 1) return false;

        db.Add(new JournalEntry
        {
            At = now,
            Event = JournalEvent.SignInCancelled,
            Outcome = JournalOutcome.Refused,
            ClientId = request.ClientId,
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
        });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private IQueryable<SignInRequest> Movable(Guid id, SignInTrigger trigger, DateTimeOffset now)
    {
        var origins = SignInLifeCycle.Origins(trigger);
        return db.SignInRequests.Where(r => r.Id == id && r.ExpiresAt > now && origins.Contains(r.Status));
    }
}
