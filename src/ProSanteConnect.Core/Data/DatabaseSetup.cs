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

/// <summary>Makes <see cref="PscDb"/> available over the database that the options name.</summary>
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

    /// <summary>Prepares contexts over one database; nothing is read or written yet.</summary>
    public static PscDbFactory Open(DatabaseOptions options, params IInterceptor[] interceptors) => options.Provider switch
    {
        DatabaseProvider.Sqlite => Sqlite(options, interceptors),
        DatabaseProvider.PostgreSql => Factory<PostgresPscDb>(
            builder => builder.UseNpgsql(Postgres(options), o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors)),
        DatabaseProvider.SqlServer => Factory<SqlServerPscDb>(
            builder => builder.UseSqlServer(options.ConnectionString, o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors)),
        var other => throw new UnreachableException($"Provider {other}"),
    };

    private static PscDbFactory Sqlite(DatabaseOptions options, IInterceptor[] interceptors)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = Seconds(options) };
        var pragmas = new SqlitePragmas(options.WaitForDisk);
        return Factory<SqlitePscDb>(
            builder => builder
                .UseSqlite(connection.ConnectionString, o => o.CommandTimeout(Seconds(options)))
                .AddInterceptors([pragmas, .. interceptors]));
    }

    // Npgsql waits 15 s for a server that accepts and says nothing, and as long again to have a query cancelled that it gave
    // up; no token shortens either. What the operator wrote in the connection string stands.
    private static string Postgres(DatabaseOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (!connection.ShouldSerialize("Timeout")) connection.Timeout = Seconds(options);
        if (!connection.ShouldSerialize("Cancellation Timeout")) connection.CancellationTimeout = -1;

        // Npgsql's own default asks for TLS and goes on without it: to whoever sits between it is no protection, and a silent
        // server is waited for twice.
        if (!connection.ShouldSerialize("SSL Mode")) connection.SslMode = IsThisMachine(connection.Host) ? SslMode.Disable : SslMode.Require;
        return connection.ConnectionString;
    }

    private static bool IsThisMachine(string? host) =>
        host is null or "" or "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Contexts are used again: to make one costs more than a query of it.
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

/// <summary>Which database holds everything (section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> (default), <c>PostgreSql</c> or <c>SqlServer</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The ADO.NET connection string of the provider.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=prosanteconnect.db";

    /// <summary>
    /// How long one command may take before the database counts as unavailable. From 1 to 30 seconds; 1 second by default,
    /// so that an answer can still be given within two.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether SQLite waits for the disk at each commit (<c>synchronous=FULL</c>, true by default). Without it the last
    /// commits may be lost when the machine loses power, never when only the process ends.
    /// </summary>
    public bool WaitForDisk { get; set; } = true;
}

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
    SqlServer,
}
