using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>Finds, extends, lists and ends sessions.</summary>
public sealed class Sessions(PscDb db)
{
    /// <summary>
    /// Finds the session of a cookie and extends its idle time. Null when the session has ended, or the cookie comes from another
    /// browser (RIE-PS 13).
    /// </summary>
    public async Task<Session?> FindAsync(
        string? cookie, ClientContext context, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(cookie)) return null;

        var hash = SecretToken.HashOf(cookie);
        var session = await (
            from candidate in db.Sessions.AsNoTracking()
            join practitioner in db.Practitioners.AsNoTracking() on candidate.PractitionerId equals practitioner.Id
            where candidate.CookieHash == hash && practitioner.DelistedAt == null
            select candidate).SingleOrDefaultAsync(ct);
        if (session is null || !session.IsAliveAt(now) || !BelongsTo(session, context, options)) return null;

        await TouchAsync(session.Id, session.IdleExpiresAt, now, options, ct);
        return session;
    }

    /// <summary>Extends the idle time, at most once in each <see cref="SignInOptions.ActivityResolution"/>.</summary>
    public async Task TouchAsync(Guid id, DateTimeOffset idleExpiresAt, DateTimeOffset now, SignInOptions options, CancellationToken ct)
    {
        var idleEnd = now + options.SessionIdleTime;
        if (idleEnd - idleExpiresAt < options.ActivityResolution) return;

        await db.Sessions
            .Where(s => s.Id == id && s.EndedAt == null && s.IdleExpiresAt < idleEnd)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.IdleExpiresAt, idleEnd), ct);
    }

    /// <summary>Ends a session and thereby all its tokens; false when it had ended before.</summary>
    public Task<bool> EndAsync(Guid id, SessionEndReason reason, ClientContext? context, DateTimeOffset now, CancellationToken ct) =>
        EndWhereAsync(db.Sessions.Where(s => s.Id == id), reason, context, now, ct);

    /// <summary>Ends all sessions of a practitioner.</summary>
    public Task<bool> EndAllAsync(long practitionerId, SessionEndReason reason, ClientContext? context, DateTimeOffset now, CancellationToken ct) =>
        EndWhereAsync(db.Sessions.Where(s => s.PractitionerId == practitionerId), reason, context, now, ct);

    /// <summary>
    /// Ends the sessions that an e-CPS opened, in the transaction of its deactivation. It ends their grants too, so that a token
    /// request that has read an active session can no longer redeem or refresh its grant.
    /// </summary>
    internal async Task EndOfECpsAsync(Guid eCps, ClientContext? context, DateTimeOffset now, CancellationToken ct)
    {
        var sessions = db.Sessions.Where(s => s.ECpsId == eCps);
        await db.Grants.Where(g => sessions.Select(s => s.Id).Contains(g.SessionId)).EndAsync(ct);
        await EndWithinAsync(sessions, SessionEndReason.ECpsDeactivated, context, now, ct);
    }

    /// <summary>The open sessions of a practitioner, newest first, each with the relying parties that it signed in to.</summary>
    /// <param name="practitionerId">The practitioner.</param>
    /// <param name="nameOf">The name of a relying party by its client identifier; null for one that is not registered and is left out.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancels the queries.</param>
    public async Task<IReadOnlyList<OpenSession>> ListOpenAsync(
        long practitionerId, Func<string, string?> nameOf, DateTimeOffset now, CancellationToken ct)
    {
        var open = db.Sessions.AsNoTracking()
            .Where(s => s.PractitionerId == practitionerId && s.EndedAt == null && s.ExpiresAt > now && s.IdleExpiresAt > now);
        var sessions = await open
            .OrderByDescending(s => s.AuthenticatedAt)
            .ToListAsync(ct);
        var applications = await (
            from grant in db.Grants.AsNoTracking()
            join session in open on grant.SessionId equals session.Id
            where grant.Status == GrantStatus.Active
            select new { grant.SessionId, grant.ClientId }).Distinct().ToListAsync(ct);
        return sessions.ConvertAll(session => new OpenSession(
            session, [.. applications.Where(a => a.SessionId == session.Id).Select(a => nameOf(a.ClientId)).OfType<string>().Distinct().Order()]));
    }

    /// <summary>Ends all sessions of a practitioner in the caller's transaction; the next SaveChanges writes the journal entries.</summary>
    internal Task EndAllWithinAsync(long practitionerId, SessionEndReason reason, ClientContext? context, DateTimeOffset now, CancellationToken ct) =>
        EndWithinAsync(db.Sessions.Where(s => s.PractitionerId == practitionerId), reason, context, now, ct);

    private async Task<bool> EndWhereAsync(
        IQueryable<Session> which, SessionEndReason reason, ClientContext? context, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await EndWithinAsync(which, reason, context, now, ct) == 0) return false;

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // In the caller's transaction; the next SaveChanges writes the journal entries.
    private async Task<int> EndWithinAsync(
        IQueryable<Session> which, SessionEndReason reason, ClientContext? context, DateTimeOffset now, CancellationToken ct)
    {
        var ending = await which.Where(s => s.EndedAt == null)
            .Select(s => new { s.Id, s.PractitionerId })
            .ToListAsync(ct);
        var ended = await which.Where(s => s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason), ct);
        if (ended == 0) return 0;

        db.AddRange(ending.Select(session => new JournalEntry
        {
            At = now,
            Event = JournalEvent.SessionEnded,
            Outcome = JournalOutcome.Success,
            Detail = reason.ToString(),
            PractitionerId = session.PractitionerId,
            SessionId = session.Id,
            IpAddress = context?.IpAddress ?? "",
            Browser = context?.Browser ?? "",
        }));
        return ended;
    }

    private static bool BelongsTo(Session session, ClientContext context, SignInOptions options) =>
        session.UserAgentHash.AsSpan().SequenceEqual(context.UserAgentHash)
        && (!options.BindSessionToAddress || session.IpAddress == context.IpAddress);
}

/// <summary>An open session and the names of the relying parties that it signed in to.</summary>
public sealed record OpenSession(Session Session, IReadOnlyList<string> Applications);
