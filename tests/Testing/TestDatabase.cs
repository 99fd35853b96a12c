using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Testing;

/// <summary>A database of one test, migrated and empty; it is removed when the test ends.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task> PostgresTemplate = new(MakePostgresTemplateAsync);

    private readonly Func<Task> _drop;

    private TestDatabase(DatabaseOptions options, Func<Task> drop)
    {
        Options = options;
        Factory = DatabaseSetup.Open(options);
        _drop = drop;
    }

    public DatabaseOptions Options { get; }

    public PscDbFactory Factory { get; }

    /// <summary>A context of its own; the caller disposes it.</summary>
    public PscDb Open() => Factory.Create();

    /// <summary>
    /// The database of every test that does not name one: SQLite, unless <c>PSC_TEST_DATABASE</c> says otherwise. The gate runs
    /// the HTTP tests with each.
    /// </summary>
    public static DatabaseProvider Default { get; } =
        Enum.TryParse<DatabaseProvider>(Environment.GetEnvironmentVariable("PSC_TEST_DATABASE"), ignoreCase: true, out var named)
            ? named
            : DatabaseProvider.Sqlite;

    public static Task<TestDatabase> CreateAsync(DatabaseProvider? provider = null) => (provider ?? Default) switch
    {
        DatabaseProvider.Sqlite => SqliteAsync(),
        DatabaseProvider.PostgreSql => PostgreSqlAsync(),
        var other => throw new ArgumentOutOfRangeException(nameof(provider), other, "No such engine runs in tests."),
    };

    public static async Task<TestDatabase> SqliteAsync()
    {
        var template = await SqliteTemplate.Value;
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        var file = Path.Combine(folder, "prosanteconnect.db");
        File.Copy(template, file);

        var options = SqliteOptions(file);
        return new TestDatabase(options, () =>
        {
            ClearSqlitePool(options);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <summary>Skips the test where no PostgreSQL is installed.</summary>
    public static async Task<TestDatabase> PostgreSqlAsync()
    {
        Requires.PostgreSql();
        await PostgresTemplate.Value;
        var name = $"psc_test_{Guid.NewGuid():N}";
        await AdministerAsync($"CREATE DATABASE {name} TEMPLATE {TemplateName}");

        var options = await PostgresOptionsAsync(name);
        return new TestDatabase(options, async () =>
        {
            ClearPostgresPool(options);
            await AdministerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        });
    }

    /// <summary>
    /// Makes the database unavailable until the result is disposed: PostgreSQL drops all connections and
    /// accepts no new ones, SQLite is locked for writing.
    /// </summary>
    public async Task<IAsyncDisposable> InterruptAsync()
    {
        if (Options.Provider == DatabaseProvider.Sqlite) return await SqliteLock.TakeAsync(Options.ConnectionString);

        var name = new NpgsqlConnectionStringBuilder(Options.ConnectionString).Database;
        await AdministerAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await AdministerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return new PostgresOutage(name!);
    }

    public async ValueTask DisposeAsync() => await _drop();

    private sealed class PostgresOutage(string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await AdministerAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    }

    private sealed class SqliteLock(SqliteConnection connection) : IAsyncDisposable
    {
        public static async Task<SqliteLock> TakeAsync(string connectionString)
        {
            var connection = new SqliteConnection(connectionString + ";Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            return new SqliteLock(connection);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("psc-test-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);

        var options = SqliteOptions(Path.Combine(folder, "prosanteconnect.db"));
        await MigrateAsync(options);
        ClearSqlitePool(options);
        return Path.Combine(folder, "prosanteconnect.db");
    }

    private static DatabaseOptions SqliteOptions(string file) => new()
    {
        ConnectionString = $"Data Source={file}",
        CommandTimeout = TimeSpan.FromSeconds(10),
        WaitForDisk = false,
    };

    // The last connection to close folds the write-ahead log into the file and removes it.
    private static void ClearSqlitePool(DatabaseOptions options)
    {
        using var db = DatabaseSetup.Open(options).Create();
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
    }

    // Of this process alone: several test processes may share the server that PSC_TEST_POSTGRES names.
    private static string TemplateName { get; } = $"psc_template_{Environment.ProcessId}_{Environment.TickCount64}";

    private static async Task MakePostgresTemplateAsync()
    {
        await AdministerAsync($"CREATE DATABASE {TemplateName}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => PostgresServer.DropAtExit(TemplateName);

        var options = await PostgresOptionsAsync(TemplateName);
        await MigrateAsync(options);
        ClearPostgresPool(options);
    }

    // The pool goes by the connection string that the context made of the options.
    private static void ClearPostgresPool(DatabaseOptions options)
    {
        using var db = DatabaseSetup.Open(options).Create();
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
    }

    private static async Task<DatabaseOptions> PostgresOptionsAsync(string database)
    {
        var server = await PostgresServer.ConnectionStringAsync();
        return new DatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString,
            CommandTimeout = TimeSpan.FromSeconds(30),
        };
    }

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.ConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task MigrateAsync(DatabaseOptions options)
    {
        await using var db = DatabaseSetup.Open(options).Create();
        await db.Database.MigrateAsync();
    }
}
