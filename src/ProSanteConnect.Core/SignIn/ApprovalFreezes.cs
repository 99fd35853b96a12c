using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SignIn;

/// <summary>The freeze after "ce n'est pas moi", for the holder: until when it is in force, and its end before that.</summary>
public sealed class ApprovalFreezes(PscDb db)
{
    /// <summary>Until when unknown browsers cannot reach the holder's phone; null when they can.</summary>
    public async Task<DateTimeOffset?> UntilAsync(long practitionerId, DateTimeOffset now, CancellationToken ct) =>
        (await db.ApprovalFreezes.AsNoTracking().SingleOrDefaultAsync(f => f.PractitionerId == practitionerId && f.Until > now, ct))?.Until;

    /// <summary>Lets unknown browsers reach the phone again. False when nothing was in force; then nothing has changed.</summary>
    public async Task<bool> LiftAsync(long practitionerId, ClientContext by, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ApprovalFreezes.Where(f => f.PractitionerId == practitionerId && f.Until > now).ExecuteDeleteAsync(ct) == 0) return false;

        db.Journal.Record(JournalEvent.ApprovalFreezeLifted, JournalOutcome.Success, now, by, practitionerId: practitionerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
