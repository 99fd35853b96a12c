using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Journal;

public sealed class JournalWriting
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClientContext Origin = new("192.0.2.7", "Firefox sous Windows", []);

    [Fact]
    public async Task An_event_is_written_with_the_change_it_tells_of_and_not_before()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open();
        await using var reader = database.Open();

        db.Journal.Record(JournalEvent.CardPresented, JournalOutcome.Refused, Now, Origin, "card-expired", clientId: "hospital");
        Assert.Empty(await reader.Journal.ToListAsync(TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var entry = Assert.Single(await reader.Journal.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(JournalEvent.CardPresented, entry.Event);
        Assert.Equal(JournalOutcome.Refused, entry.Outcome);
        Assert.Equal(Now, entry.At);
        Assert.Equal("card-expired", entry.Detail);
        Assert.Equal("hospital", entry.ClientId);
        Assert.Equal("192.0.2.7", entry.IpAddress);
        Assert.Equal("Firefox sous Windows", entry.Browser);
    }

    [Fact]
    public async Task The_event_of_a_job_names_the_job_and_no_place()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open();

        var entry = db.Journal.Record(JournalEvent.DirectoryImported, JournalOutcome.Success, Now, context: null, actor: "import-directory");

        Assert.Equal("import-directory", entry.Actor);
        Assert.Equal("", entry.IpAddress);
    }

    [Fact]
    public async Task An_event_without_a_change_of_its_own_is_written_at_once()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var entry = new JournalEntry
        {
            At = Now,
            Event = JournalEvent.ClientAuthenticationFailed,
            Outcome = JournalOutcome.Refused,
            ClientId = "hospital",
        };

        await new JournalWriter(database.Factory).WriteAsync(entry, TestContext.Current.CancellationToken);

        await using var reader = database.Open();
        Assert.Equal("hospital", (await reader.Journal.SingleAsync(TestContext.Current.CancellationToken)).ClientId);
    }
}
