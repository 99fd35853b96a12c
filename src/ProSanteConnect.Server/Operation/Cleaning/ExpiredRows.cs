using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Operation.Cleaning;

/// <summary>
/// Deletes expired rows in batches, so that no lock is held for long. No query treats an expired row as valid, so it does not matter
/// when, how often, or on how many nodes at once this runs.
/// </summary>
internal sealed class ExpiredRows(PscDbFactory databases, IOptions<CleaningOptions> options, TimeProvider clock, PscMetrics metrics)
{
    /// <summary>How long expired rows are kept for requests in flight and for clocks that differ.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // The phone may still read how a request or an activation ended; the limits of pairings and wrong numbers count past rows.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Lets waiting requests use SQLite's only writer between two batches.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly int _batchSize = options.Value.BatchSize;

    /// <summary>Deletes all expired rows and returns their number.</summary>
    /// <exception cref="System.Data.Common.DbException">The database failed; rows of earlier batches stay deleted.</exception>
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (over, yesterday) = (now - Grace, now - Day);
        var (oldestEntry, oldestMessage) = (now - options.Value.JournalRetention, now - options.Value.OutboxRetention);

        return await RemoveAsync("sign_in_requests", (SignInRequest r) => r.Id, r => r.ExpiresAt, r => r.ExpiresAt <= now, ct)

            // A session is deleted with its grants. A token that still names one of them is inactive.
            + await RemoveAsync(
                "sessions", (Session s) => s.Id, s => s.ExpiresAt, s => s.ExpiresAt <= now || s.IdleExpiresAt <= over || s.EndedAt <= over, ct,
                removeDependents: (db, ids) => db.Grants.Where(g => ids.Contains(g.SessionId)).ExecuteDeleteAsync(ct))
            + await RemoveAsync(
                "grants", (Grant g) => g.Id, g => g.ExpiresAt,
                g => g.ExpiresAt <= now || (g.Status == GrantStatus.CodeIssued && g.CodeExpiresAt <= over), ct)

            // The phone of an inactive e-CPS is told the reason as long as the journal keeps it.
            + await RemoveAsync(
                "e_cps", (ECps e) => e.Id, e => e.ExpiresAt, e => e.DeactivatedAt < oldestEntry || e.ExpiresAt < oldestEntry, ct)
            + await RemoveAsync("activations", (Activation a) => a.Id, a => a.ExpiresAt, a => a.ExpiresAt <= yesterday, ct)
            + await RemoveAsync("approval_requests", (ApprovalRequest a) => a.Id, a => a.ExpiresAt, a => a.ExpiresAt <= yesterday, ct)
            + await RemoveAsync("approval_freezes", (ApprovalFreeze f) => f.PractitionerId, f => f.Until, f => f.Until <= now, ct)
            + await RemoveAsync("known_browsers", (KnownBrowser b) => b.TokenHash, b => b.ExpiresAt, b => b.ExpiresAt <= now, ct)
            + await RemoveAsync("ceremonies", (Ceremony c) => c.Id, c => c.ExpiresAt, c => c.ExpiresAt <= over, ct)
            + await RemoveAsync("revoked_tokens", (RevokedToken t) => t.Jti, t => t.ExpiresAt, t => t.ExpiresAt <= over, ct)
            + await RemoveAsync("rate_limit_counters", (RateLimitCounter c) => c.Key, c => c.WindowEndsAt, c => c.WindowEndsAt <= now, ct)

            // A waiting message has no SettledAt, and is never deleted by age.
            + await RemoveAsync("outbox", (OutboxMessage m) => m.Id, m => m.SettledAt, m => m.SettledAt < oldestMessage, ct)
            + await RemoveAsync("journal", (JournalEntry e) => e.Id, e => e.At, e => e.At < oldestEntry, ct);
    }

    /// <summary>Deletes the expired rows of one table, batch by batch.</summary>
    /// <param name="table">The name of the table in the metrics.</param>
    /// <param name="key">The primary key.</param>
    /// <param name="oldestFirst">The order of the batches.</param>
    /// <param name="isExpired">The rows to delete.</param>
    /// <param name="ct">Stops between two statements.</param>
    /// <param name="removeDependents">Deletes the rows that refer to these, in the same transaction.</param>
    private async Task<int> RemoveAsync<TRow, TKey, TOrder>(
        string table, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, TOrder>> oldestFirst, Expression<Func<TRow, bool>> isExpired,
        CancellationToken ct, Func<PscDb, List<TKey>, Task>? removeDependents = null)
        where TRow : class
    {
        var keyName = ((MemberExpression)key.Body).Member.Name;
        await using var db = databases.Create();
        var removed = 0;
        while (true)
        {
            var keys = await db.Set<TRow>().Where(isExpired).OrderBy(oldestFirst).Select(key).Take(_batchSize).ToListAsync(ct);
            removed += keys.Count;
            if (keys.Count > 0)
            {
                var batch = db.Set<TRow>().Where(row => keys.Contains(EF.Property<TKey>(row, keyName)));
                if (removeDependents is null)
                {
                    // Not a row that was extended since it was read, such as a counter.
                    await batch.Where(isExpired).ExecuteDeleteAsync(ct);
                }
                else
                {
                    await using var transaction = await db.Database.BeginTransactionAsync(ct);
                    await removeDependents(db, keys);
                    await batch.ExecuteDeleteAsync(ct);
                    await transaction.CommitAsync(ct);
                }
            }

            if (keys.Count < _batchSize) break;

            await Task.Delay(Pause, clock, ct);
        }

        if (removed > 0) metrics.RowsRemoved(table, removed);
        return removed;
    }
}
