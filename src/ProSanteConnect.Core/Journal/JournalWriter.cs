using ProSanteConnect.Core.Data;

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
