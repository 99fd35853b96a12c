using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Data;

public sealed class TestDatabases
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_test_gets_a_migrated_empty_database_of_its_own(DatabaseProvider provider)
    {
        await using var first = await TestDatabase.CreateAsync(provider);
        await using var second = await TestDatabase.CreateAsync(provider);
        await using var db = first.Open();
        await using var other = second.Open();

        db.Revisions.Add(new Revision { Name = "test" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.True(await db.Revisions.AnyAsync(r => r.Name == "test", TestContext.Current.CancellationToken));
        Assert.False(await other.Revisions.AnyAsync(r => r.Name == "test", TestContext.Current.CancellationToken));
    }
}
