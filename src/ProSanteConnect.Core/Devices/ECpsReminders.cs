using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.Devices;

/// <summary>Reminds holders 60, 30 and 7 days before the end of their e-CPS, once each, on any number of nodes.</summary>
public sealed class ECpsReminders(PscDbFactory databases, IHolderNotifier notifier)
{
    /// <summary>The actor in the journal.</summary>
    public const string Job = "reminders";

    private const int BatchSize = 100;
    private static readonly int[] DaysBefore = [7, 30, 60];

    /// <summary>Sends the reminders that are due.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SendDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        var sent = 0;
        foreach (var days in DaysBefore) sent += await SendAsync(days, now, ct);
        return sent;
    }

    // The shortest period comes first: a holder who was reminded 7 days before is not reminded 30 days before.
    private async Task<int> SendAsync(int days, DateTimeOffset now, CancellationToken ct)
    {
        var sent = 0;
        while (true)
        {
            await using var db = databases.Create();
            var due = await Due(db, days, now).OrderBy(e => e.ExpiresAt).Take(BatchSize).ToListAsync(ct);
            foreach (var eCps in due)
            {
                if (await SendAsync(db, eCps, days, now, ct)) sent++;
            }

            if (due.Count < BatchSize) return sent;
        }
    }

    private async Task<bool> SendAsync(PscDb db, ECps eCps, int days, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var reminded = await Due(db, days, now).Where(e => e.Id == eCps.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LastReminder, days), ct);
        if (reminded != 1) return false;

        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        db.Journal.Record(JournalEvent.ECpsReminded, JournalOutcome.Success, now, context: null, $"{days}", eCps.PractitionerId, actor: Job);
        notifier.ExpiresSoon(db, eCps, days, now, practitioner);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static IQueryable<ECps> Due(PscDb db, int days, DateTimeOffset now)
    {
        var latest = now.AddDays(days);
        return db.ECps.AsNoTracking().UsableAt(now).Where(e => e.ExpiresAt <= latest && (e.LastReminder == 0 || e.LastReminder > days));
    }
}
