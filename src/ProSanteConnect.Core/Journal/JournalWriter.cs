using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Journal;

/// <summary>Writes an event that belongs to no other change (a refused card, a wrong secret), in a transaction of its own.</summary>
public sealed class JournalWriter(PscDbFactory databases)
{
    public async Task WriteAsync(JournalEntry entry, CancellationToken ct)
    {
        await using var db = databases.Create();
        db.Add(entry);
        await db.SaveChangesAsync(ct);
    }
}

public static class JournalExtensions
{
    /// <summary>
    /// Adds an event to the next SaveChanges, so that the event and its change are saved in one transaction.
    /// <paramref name="context"/> is null when a job or an operator acts.
    /// </summary>
    public static JournalEntry Record(
        this DbSet<JournalEntry> journal,
        JournalEvent what,
        JournalOutcome outcome,
        DateTimeOffset at,
        ClientContext? context,
        string detail = "",
        long? practitionerId = null,
        string? clientId = null,
        Guid? sessionId = null,
        string? actor = null)
    {
        var entry = new JournalEntry
        {
            At = at,
            Event = what,
            Outcome = outcome,
            Detail = detail,
            PractitionerId = practitionerId,
            ClientId = clientId,
            SessionId = sessionId,
            IpAddress = context?.IpAddress ?? "",
            Browser = context?.Browser ?? "",
            Actor = actor,
        };
        journal.Add(entry);
        return entry;
    }
}
