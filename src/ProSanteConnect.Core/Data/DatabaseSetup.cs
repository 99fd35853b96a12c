using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace ProSanteConnect.Core.Data;

/// <summary>Registers <see cref="PscDb"/> for the configured database.</summary>
public static class DatabaseSetup
{
    private const int ContextsKept = 256;

    public static IServiceCollection AddPscDb(this IServiceCollection services, Func<IServiceProvider, DatabaseOptions> options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(provider => Open(options(provider), [.. provider.GetServices<IInterceptor>()]));
        services.TryAddScoped<PscDb>(provider => provider.GetRequiredService<PscDbFactory>().Create());
        return services;
    }

    /// <summary>Creates a factory of contexts for one database without connecting to it.</summary>
    public static PscDbFactory Open(DatabaseOptions options, params IInterceptor[] interceptors) => options.Provider switch
    {
        DatabaseProvider.Sqlite => Sqlite(options, interceptors),
        DatabaseProvider.PostgreSql => Factory<PostgresPscDb>(
            builder => builder.UseNpgsql(PostgresConnection(options), o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors)),
        DatabaseProvider.SqlServer => Factory<SqlServerPscDb>(
            builder => builder.UseSqlServer(options.ConnectionString, o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors)),
        var other => throw new UnreachableException($"Provider {other}"),
    };

    /// <summary>
    /// Makes the file of a SQLite database readable by its owner alone, and creates it so when it is missing: it holds the health directory. SQLite
    /// gives its write-ahead log the same mode. Does nothing for other databases and on Windows, where the folder's permissions count.
    /// </summary>
    public static void ProtectFile(DatabaseOptions options)
    {
        if (options.Provider != DatabaseProvider.Sqlite || OperatingSystem.IsWindows()) return;

        var source = new SqliteConnectionStringBuilder(options.ConnectionString);
        if (source.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly || source.DataSource is "" or ":memory:" || source.DataSource.StartsWith("file:", StringComparison.Ordinal)) return;

        const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var file in new[] { source.DataSource, source.DataSource + "-wal", source.DataSource + "-shm" }.Where(File.Exists)) File.SetUnixFileMode(file, OwnersOnly);
        // SQLite itself says what is wrong with a missing folder.
        if (!File.Exists(source.DataSource) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(source.DataSource))))
        {
            using var created = new FileStream(
                source.DataSource,
                new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = OwnersOnly });
        }
    }

    private static PscDbFactory Sqlite(DatabaseOptions options, IInterceptor[] interceptors)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = Seconds(options) };
        var pragmas = new SqlitePragmas(options.WaitForDisk);
        return Factory<SqlitePscDb>(
            builder => builder
                .UseSqlite(connection.ConnectionString, o => o.CommandTimeout(Seconds(options)))
                .AddInterceptors([pragmas, .. interceptors]));
    }

    /// <summary>The connection string with the service's defaults for what the operator left open.</summary>
    // Npgsql waits 15 s for an unresponsive server and as long again for the cancellation of a query that timed out; a
    // CancellationToken shortens neither. Values in the operator's connection string take precedence.
    public static string PostgresConnection(DatabaseOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (!connection.ShouldSerialize("Timeout")) connection.Timeout = Seconds(options);
        if (!connection.ShouldSerialize("Cancellation Timeout")) connection.CancellationTimeout = -1;

        // Npgsql's default, SslMode.Prefer, falls back to plain text, which does not protect against an attacker on the network and
        // waits twice for an unresponsive server.
        if (!connection.ShouldSerialize("SSL Mode")) connection.SslMode = IsThisMachine(connection.Host) ? SslMode.Disable : SslMode.Require;
        return connection.ConnectionString;
    }

    private static bool IsThisMachine(string? host) =>
        host is null or "" or "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Contexts are pooled: creating one costs more than a query.
    private static PscDbFactory Factory<TContext>(Action<DbContextOptionsBuilder<TContext>> use)
        where TContext : PscDb
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        use(builder);
        var contexts = new PooledDbContextFactory<TContext>(builder.Options, ContextsKept);
        return new PscDbFactory(contexts.CreateDbContext);
    }

    private static int Seconds(DatabaseOptions options) => (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
}

/// <summary>The database (section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> (default), <c>PostgreSql</c> or <c>SqlServer</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The ADO.NET connection string of the provider. Required.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=prosanteconnect.db";

    /// <summary>
    /// The time limit for one command, after which the database counts as unavailable. From 1 to 30 seconds; 1 second by default, so
    /// that a request is answered within two.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether SQLite waits for the disk at each commit (<c>synchronous=FULL</c>). True by default. With false a power failure may lose
    /// the last commits; a crash of the process does not.
    /// </summary>
    public bool WaitForDisk { get; set; } = true;
}

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
    SqlServer,
}
