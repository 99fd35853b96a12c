using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProSanteConnect.Core.Data;

/// <summary>
/// Sets what SQLite keeps per connection: a write-ahead log, so that readers never wait, and a wait of its own for the one
/// writer, because the driver's sleeps 150 ms at a time. Two such waits make one command timeout: with one as long as it,
/// the driver waits a second time.
/// </summary>
internal sealed class SqlitePragmas(bool waitForDisk) : DbConnectionInterceptor
{
    private readonly string _pragmas =
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(waitForDisk ? "FULL" : "NORMAL")}; PRAGMA busy_timeout=500; PRAGMA foreign_keys=ON;";

    // The driver's pool hands out the same native connection again, which has kept what it was told.
    private readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!_told.TryAdd(((SqliteConnection)connection).Handle!, this)) return;

        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous calls to make.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
