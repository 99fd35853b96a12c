using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Authenticators;

/// <summary>What recurs wherever an e-CPS is used.</summary>
internal static class ECpsQueries
{
    /// <summary>
    /// Takes the row of an active e-CPS for the rest of the transaction, and changes nothing: a deactivation waits, or came
    /// first and makes this false.
    /// </summary>
    public static async Task<bool> HoldAsync(this DbSet<ECps> all, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await all.UsableAt(now).Where(e => e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Status, ECpsStatus.Active), ct) == 1;

    /// <summary>The same, and writes down that the e-CPS was used.</summary>
    public static async Task<bool> UseAsync(this DbSet<ECps> all, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await all.UsableAt(now).Where(e => e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LastUsedAt, now), ct) == 1;

    public static IQueryable<ECps> UsableAt(this IQueryable<ECps> all, DateTimeOffset now)
    {
        var origins = ECpsLifeCycle.Origins(ECpsTrigger.Use);
        return all.Where(e => origins.Contains(e.Status) && e.ExpiresAt > now);
    }

    /// <summary>Why an e-CPS is good for nothing, and since when; it is not asked of one that is.</summary>
    public static async Task<(DeactivationReason Reason, DateTimeOffset Since)> InactivityAsync(
        this PscDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var found = await (
            from eCps in db.ECps.AsNoTracking()
            join practitioner in db.Practitioners.AsNoTracking() on eCps.PractitionerId equals practitioner.Id
            where eCps.Id == id
            select new { ECps = eCps, practitioner.DelistedAt }).SingleOrDefaultAsync(ct);
        return found?.ECps.InactivityAt(now, found.DelistedAt)
            ?? throw new InvalidOperationException("An active e-CPS was said to be inactive.");
    }
}
