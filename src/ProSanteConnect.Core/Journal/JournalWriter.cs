using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Journal;

/// <summary>Writes events that come with no change of their own (a refused card, a wrong secret), at once and by themselves.</summary>
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
    /// Adds an event to what the next SaveChanges writes: in the same transaction as the change it tells of, so that neither
    /// is there without the other. Without a browser (<paramref name="context"/> is null) a job or an operator acts.
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
