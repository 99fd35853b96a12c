using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Server.Account;

/// <summary>
/// The latest events that concern a practitioner, the newest first, without what a stranger asked for in vain: nobody pushes the
/// others off the page by asking again and again.
/// </summary>
internal static class PractitionerJournal
{
    public const int Length = 30;

    public static Task<List<JournalEntry>> LatestAsync(PscDb db, long practitionerId, CancellationToken ct) => db.Journal.AsNoTracking()
        .Where(entry => entry.PractitionerId == practitionerId)
        .Where(entry => entry.Outcome != JournalOutcome.Refused
            || (entry.Event != JournalEvent.ApprovalAsked && entry.Event != JournalEvent.ActivationRefused))
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
        .Take(Length)
        .ToListAsync(ct);
}
