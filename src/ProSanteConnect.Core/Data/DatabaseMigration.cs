using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>The result of <see cref="DatabaseMigration.BringUpToDateAsync"/>.</summary>
public enum MigrationResult
{
    /// <summary>The schema is that of this program.</summary>
    Current,

    /// <inheritdoc cref="SchemaVersion.Newer"/>
    Newer,

    /// <inheritdoc cref="SchemaVersion.Unsupported"/>
    Unsupported,

    /// <summary>Another process was still migrating the database after <see cref="DatabaseMigration.LongestWait"/>.</summary>
    Busy,
}

/// <summary>
/// Brings the schema of a database up to date, once on however many nodes start together. A process that was killed leaves nothing behind that
/// makes the next start hang.
/// </summary>
public static class DatabaseMigration
{
    /// <summary>How long a start waits for another one that migrates.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <param name="databases">The database.</param>
    /// <param name="options">Its options.</param>
    /// <param name="waiting">Called once when the start waits for another process.</param>
    /// <param name="clock">Measures the wait.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task<MigrationResult> BringUpToDateAsync(
        this PscDbFactory databases, DatabaseOptions options, Action waiting, TimeProvider clock, CancellationToken ct)
    {
        DatabaseSetup.ProtectFile(options);
        await using var db = databases.Create();
        if (await ResultOfAsync(db, ct) is { } finished) return finished;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestWait);
        try
        {
            using var turn = await TakeTurnAsync(options, waiting, clock, limit.Token);
            if (await ResultOfAsync(db, limit.Token) is { } after) return after;

            await RemoveStaleLockAsync(db, options, limit.Token);
            db.Database.SetCommandTimeout(LongestWait);
            await db.Database.MigrateAsync(limit.Token);
            return MigrationResult.Current;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return MigrationResult.Busy;
        }
    }

    private static async Task<MigrationResult?> ResultOfAsync(PscDb db, CancellationToken ct) => await db.SchemaVersionAsync(ct) switch
    {
        SchemaVersion.Current => MigrationResult.Current,
        SchemaVersion.Newer => MigrationResult.Newer,
        SchemaVersion.Unsupported => MigrationResult.Unsupported,
        _ => null,
    };

    // SQLite: a lock on a file beside the database, which the operating system releases when the process ends, however it ends. The lock of EF Core is
    // a row, which a killed process leaves behind. The other databases release their lock with the connection.
    private static async Task<IDisposable?> TakeTurnAsync(DatabaseOptions options, Action waiting, TimeProvider clock, CancellationToken ct)
    {
        if (options.Provider != DatabaseProvider.Sqlite) return null;

        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource) + ".migrating";
        // SQLite itself says what is wrong with a missing folder.
        if (!Directory.Exists(Path.GetDirectoryName(file))) return null;

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                if (attempt == 0) waiting();
                await Task.Delay(PollInterval, clock, ct);
            }
        }
    }

    private static async Task RemoveStaleLockAsync(PscDb db, DatabaseOptions options, CancellationToken ct)
    {
        if (options.Provider == DatabaseProvider.Sqlite) await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
    }
}
