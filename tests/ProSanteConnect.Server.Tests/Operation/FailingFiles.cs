using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class FailingFiles
{
    [Fact]
    [Trait("Requirement", "R9")]
    public async Task A_locked_SQLite_file_is_answered_503_within_two_seconds_and_serves_again_when_it_is_free()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var host = await StartAsync(database.Options.ConnectionString);
        await using var other = new SqliteConnection($"{database.Options.ConnectionString};Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = other.BeginTransaction(deferred: false);

        var watch = Stopwatch.StartNew();

        using var locked = await host.GetAsync("/", "application/json");
        watch.Stop();
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        using var free = await host.GetAsync("/", "application/json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, locked.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "R9")]
    public async Task A_read_only_SQLite_database_is_answered_503()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var host = await StartAsync($"{database.Options.ConnectionString};Mode=ReadOnly");

        using var response = await host.GetAsync("/", "application/json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    [Trait("Requirement", "R7")]
    public async Task One_failing_statement_is_answered_503()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER full BEFORE INSERT ON Revisions BEGIN SELECT RAISE(ABORT, 'disk full'); END",
                TestContext.Current.CancellationToken);
        }

        await using var host = await StartAsync(database.Options.ConnectionString);

        using var response = await host.GetAsync("/", "application/json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static Task<OperationHost> StartAsync(string connectionString) => OperationHost.StartAsync(
        app => app.Run(async context =>
        {
            var db = (PscDb)context.RequestServices.GetService(typeof(PscDb))!;
            db.Add(new Revision { Name = Guid.NewGuid().ToString() });
            await db.SaveChangesAsync(context.RequestAborted);
        }),
        new DatabaseOptions { ConnectionString = connectionString });
}
