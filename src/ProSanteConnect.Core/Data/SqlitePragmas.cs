using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProSanteConnect.Core.Data;

/// <summary>
/// Sets the pragmas of each connection: write-ahead logging, so that readers never wait for the writer, and a busy timeout inside
/// SQLite, because the driver polls only every 150 ms. The busy timeout is half the command timeout: if they were equal, the driver
/// would start a second wait.
/// </summary>
internal sealed class SqlitePragmas(bool waitForDisk) : DbConnectionInterceptor
{
    private const string OfEveryConnection = "PRAGMA busy_timeout=500; PRAGMA foreign_keys=ON;";

    private readonly string _pragmas = $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(waitForDisk ? "FULL" : "NORMAL")}; {OfEveryConnection}";

    // Pooled native connections keep their pragmas, so each is configured once.
    private readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!_told.TryAdd(((SqliteConnection)connection).Handle!, this)) return;

        using var command = connection.CreateCommand();
        command.CommandText = IsReadOnly(connection) ? OfEveryConnection : _pragmas;
        command.ExecuteNonQuery();
    }

    // EF Core looks for the database with a read-only connection, which cannot change the journal mode of a restored copy.
    private static bool IsReadOnly(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous API.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
