using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Server.Account;

/// <summary>The latest events that concern a practitioner, the newest first.</summary>
internal static class PractitionerJournal
{
    public const int Length = 30;

    public static Task<List<JournalEntry>> LatestAsync(PscDb db, long practitionerId, CancellationToken ct) => db.Journal.AsNoTracking()
        .Where(entry => entry.PractitionerId == practitionerId)
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
        .Take(Length)
        .ToListAsync(ct);
}
