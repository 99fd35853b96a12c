using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace ProSanteConnect.Core.Data;

/// <summary>Makes <see cref="PscDb"/> available over the database that the options name.</summary>
public static class DatabaseSetup
{
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
            builder => builder.UseNpgsql(Postgres(options), o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors),
            o => new PostgresPscDb(o)),
        DatabaseProvider.SqlServer => Factory<SqlServerPscDb>(
            builder => builder.UseSqlServer(options.ConnectionString, o => o.CommandTimeout(Seconds(options))).AddInterceptors(interceptors),
            o => new SqlServerPscDb(o)),
        var other => throw new UnreachableException($"Provider {other}"),
    };

    private static PscDbFactory Sqlite(DatabaseOptions options, IInterceptor[] interceptors)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = Seconds(options) };
        var pragmas = new SqlitePragmas(options.WaitForDisk);
        return Factory<SqlitePscDb>(
            builder => builder
                .UseSqlite(connection.ConnectionString, o => o.CommandTimeout(Seconds(options)))
                .AddInterceptors([pragmas, .. interceptors]),
            o => new SqlitePscDb(o));
    }

    // Npgsql waits 15 s for a server that accepts and says nothing, and as long again to have a query cancelled that it gave
    // up; no token shortens either. What the operator wrote in the connection string stands.
    private static string Postgres(DatabaseOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (!connection.ShouldSerialize("Timeout")) connection.Timeout = Seconds(options);
        if (!connection.ShouldSerialize("Cancellation Timeout")) connection.CancellationTimeout = -1;
        return connection.ConnectionString;
    }

    private static PscDbFactory Factory<TContext>(
        Action<DbContextOptionsBuilder<TContext>> use, Func<DbContextOptions<TContext>, PscDb> create)
        where TContext : PscDb
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        use(builder);
        var contextOptions = builder.Options;
        return new PscDbFactory(() => create(contextOptions));
    }

    private static int Seconds(DatabaseOptions options) => (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
}
