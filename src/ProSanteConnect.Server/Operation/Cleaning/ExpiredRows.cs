using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Operation.Cleaning;

/// <summary>
/// Removes what has expired, in batches that hold no lock for long. Nothing reads an expired row as if it lived, so that it
/// does not matter when, how often, or on how many nodes at once this runs.
/// </summary>
internal sealed class ExpiredRows(PscDbFactory databases, IOptions<CleaningOptions> options, TimeProvider clock, PscMetrics metrics)
{
    /// <summary>How long what is over stays, for the requests that are just using it and for clocks that differ.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // The phone may ask how a request or an activation ended, a card session's pairings and an hour's wrong numbers are counted.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Lets the requests that wait for SQLite's one writer go first.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly int _batch = options.Value.BatchSize;

    /// <summary>How many rows were removed.</summary>
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = now - Grace;
        return await DrainAsync("sign_in_requests", (db, ct) => SignInRequestsAsync(db, now, ct), ct)
            + await DrainAsync("sessions", (db, ct) => SessionsAsync(db, now, over, ct), ct)
            + await DrainAsync("grants", (db, ct) => GrantsAsync(db, now, over, ct), ct)
            + await DrainAsync("e_cps", (db, ct) => ECpsAsync(db, now - options.Value.JournalRetention, ct), ct)
            + await DrainAsync("activations", (db, ct) => ActivationsAsync(db, now - Day, ct), ct)
            + await DrainAsync("approval_requests", (db, ct) => ApprovalRequestsAsync(db, now - Day, ct), ct)
            + await DrainAsync("approval_freezes", (db, ct) => ApprovalFreezesAsync(db, now, ct), ct)
            + await DrainAsync("known_browsers", (db, ct) => KnownBrowsersAsync(db, now, ct), ct)
            + await DrainAsync("ceremonies", (db, ct) => CeremoniesAsync(db, over, ct), ct)
            + await DrainAsync("revoked_tokens", (db, ct) => RevokedTokensAsync(db, over, ct), ct)
            + await DrainAsync("rate_limit_counters", (db, ct) => RateLimitCountersAsync(db, now, ct), ct)
            + await DrainAsync("outbox", (db, ct) => OutboxAsync(db, now - options.Value.OutboxRetention, ct), ct)
            + await DrainAsync("journal", (db, ct) => JournalAsync(db, now - options.Value.JournalRetention, ct), ct);
    }

    private async Task<int> DrainAsync(string table, Func<PscDb, CancellationToken, Task<int>> removeBatch, CancellationToken ct)
    {
        await using var db = databases.Create();
        var removed = 0;
        while (true)
        {
            var batch = await removeBatch(db, ct);
            removed += batch;
            if (batch < _batch) break;

            await Task.Delay(Pause, ct);
        }

        if (removed > 0) metrics.RowsRemoved(table, removed);
        return removed;
    }

    private async Task<int> SignInRequestsAsync(PscDb db, DateTimeOffset now, CancellationToken ct)
    {
        var ids = await db.SignInRequests.Where(r => r.ExpiresAt <= now).OrderBy(r => r.ExpiresAt).Select(r => r.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.SignInRequests.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    // A session goes with its grants; a token that still names one of them finds nothing to hold by.
    private async Task<int> SessionsAsync(PscDb db, DateTimeOffset now, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.Sessions
            .Where(s => s.ExpiresAt <= now || s.IdleExpiresAt <= over || s.EndedAt <= over)
            .OrderBy(s => s.ExpiresAt).Select(s => s.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count == 0) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Grants.Where(g => ids.Contains(g.SessionId)).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    private async Task<int> GrantsAsync(PscDb db, DateTimeOffset now, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.Grants
            .Where(g => g.ExpiresAt <= now || (g.Status == GrantStatus.CodeIssued && g.CodeExpiresAt <= over))
            .OrderBy(g => g.ExpiresAt).Select(g => g.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.Grants.Where(g => ids.Contains(g.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    // A phone whose e-CPS is inactive is told so for as long as the journal knows why.
    private async Task<int> ECpsAsync(PscDb db, DateTimeOffset oldest, CancellationToken ct)
    {
        var ids = await db.ECps.Where(e => e.DeactivatedAt < oldest || e.ExpiresAt < oldest).OrderBy(e => e.ExpiresAt).Select(e => e.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.ECps.Where(e => ids.Contains(e.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> ActivationsAsync(PscDb db, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.Activations.Where(a => a.ExpiresAt <= over).OrderBy(a => a.ExpiresAt).Select(a => a.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.Activations.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> ApprovalRequestsAsync(PscDb db, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.ApprovalRequests.Where(a => a.ExpiresAt <= over).OrderBy(a => a.ExpiresAt).Select(a => a.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.ApprovalRequests.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> ApprovalFreezesAsync(PscDb db, DateTimeOffset now, CancellationToken ct)
    {
        var ids = await db.ApprovalFreezes.Where(f => f.Until <= now).OrderBy(f => f.Until).Select(f => f.PractitionerId).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.ApprovalFreezes.Where(f => ids.Contains(f.PractitionerId) && f.Until <= now).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> CeremoniesAsync(PscDb db, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.Ceremonies.Where(c => c.ExpiresAt <= over).OrderBy(c => c.ExpiresAt).Select(c => c.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.Ceremonies.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> KnownBrowsersAsync(PscDb db, DateTimeOffset now, CancellationToken ct)
    {
        var tokens = await db.KnownBrowsers.Where(b => b.ExpiresAt <= now).OrderBy(b => b.ExpiresAt).Select(b => b.TokenHash).Take(_batch).ToListAsync(ct);
        if (tokens.Count > 0) await db.KnownBrowsers.Where(b => tokens.Contains(b.TokenHash) && b.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        return tokens.Count;
    }

    private async Task<int> RevokedTokensAsync(PscDb db, DateTimeOffset over, CancellationToken ct)
    {
        var ids = await db.RevokedTokens.Where(t => t.ExpiresAt <= over).OrderBy(t => t.ExpiresAt).Select(t => t.Jti).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.RevokedTokens.Where(t => ids.Contains(t.Jti)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> RateLimitCountersAsync(PscDb db, DateTimeOffset now, CancellationToken ct)
    {
        var keys = await db.RateLimitCounters.Where(c => c.WindowEndsAt <= now).OrderBy(c => c.WindowEndsAt).Select(c => c.Key).Take(_batch).ToListAsync(ct);
        if (keys.Count > 0) await db.RateLimitCounters.Where(c => keys.Contains(c.Key) && c.WindowEndsAt <= now).ExecuteDeleteAsync(ct);
        return keys.Count;
    }

    // What waits has no end yet, and is never removed by age alone.
    private async Task<int> OutboxAsync(PscDb db, DateTimeOffset oldest, CancellationToken ct)
    {
        var ids = await db.Outbox.Where(m => m.SettledAt < oldest).OrderBy(m => m.SettledAt).Select(m => m.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.Outbox.Where(m => ids.Contains(m.Id) && m.SettledAt < oldest).ExecuteDeleteAsync(ct);
        return ids.Count;
    }

    private async Task<int> JournalAsync(PscDb db, DateTimeOffset oldest, CancellationToken ct)
    {
        var ids = await db.Journal.Where(e => e.At < oldest).OrderBy(e => e.At).Select(e => e.Id).Take(_batch).ToListAsync(ct);
        if (ids.Count > 0) await db.Journal.Where(e => ids.Contains(e.Id)).ExecuteDeleteAsync(ct);
        return ids.Count;
    }
}
