using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Data;

/// <summary>A start after a process that was killed while it migrated, and beside one that migrates.</summary>
public sealed class InterruptedMigrations : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psc-migration-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "psc.db");

    private DatabaseOptions Options => new() { ConnectionString = $"Data Source={File}", CommandTimeout = TimeSpan.FromSeconds(30) };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_lock_of_a_process_that_was_killed_does_not_hold_up_the_next_start()
    {
        // EF Core's lock is a row, which a killed process leaves behind.
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=false"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-02 08:00:00');
                """;
            await command.ExecuteNonQueryAsync(Ct);
        }

        var result = await DatabaseSetup.Open(Options).BringUpToDateAsync(Options, () => Assert.Fail("It waits."), TimeProvider.System, Ct);

        Assert.Equal(MigrationResult.Current, result);
    }

    [Fact]
    public async Task A_second_start_waits_says_so_and_finds_the_work_done()
    {
        var clock = new FakeTimeProvider();
        var said = new TaskCompletionSource();
        Task<MigrationResult> second;
        await using (new FileStream(File + ".migrating", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            second = DatabaseSetup.Open(Options).BringUpToDateAsync(Options, said.SetResult, clock, Ct);
            await said.Task.WaitAsync(Ct);
        }

        while (!second.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(MigrationResult.Current, await second);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_ten_starts_at_once_each_finds_the_schema(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var options = provider == DatabaseProvider.Sqlite ? Options : database.Options;

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => DatabaseSetup.Open(options).BringUpToDateAsync(options, () => { }, TimeProvider.System, Ct), Ct)));

        Assert.Each(results, result => Assert.Equal(MigrationResult.Current, result));
    }
}
