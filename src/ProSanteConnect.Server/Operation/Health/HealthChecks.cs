using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Server.Operation.Health;

/// <summary>The database answers and has every migration of this version.</summary>
internal sealed class DatabaseCheck(PscDbFactory databases) : IHealthCheck
{
    // Migrations are never reverted.
    private volatile bool _isCurrent;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        if (_isCurrent)
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
            return HealthCheckResult.Healthy();
        }

        _isCurrent = !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        return _isCurrent ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("migrations are pending");
    }
}

/// <summary>
/// The clock of the node agrees with the clock of the database, and so with the other nodes. Otherwise a token of one node would be
/// expired, or not yet valid, on another (R10).
/// </summary>
internal sealed class ClockCheck(PscDbFactory databases, IOptions<HealthOptions> options, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        if (ClockQuery(db) is not { } query) return HealthCheckResult.Healthy();

        var before = clock.GetUtcNow();
        var theirs = (await db.Database.SqlQueryRaw<DateTimeOffset>(query).ToListAsync(cancellationToken)).Single();
        var ours = before + (clock.GetUtcNow() - before) / 2;
        return (theirs - ours).Duration() <= options.Value.ClockTolerance
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the clock differs from the database's");
    }

    // SQLite uses the clock of this machine.
    private static string? ClockQuery(PscDb db) => db switch
    {
        PostgresPscDb => """SELECT clock_timestamp() AS "Value" """,
        SqlServerPscDb => "SELECT SYSDATETIMEOFFSET() AS [Value]",
        _ => null,
    };
}

/// <summary>The keys of cookies and antiforgery tokens can be read; without them every browser would lose its session.</summary>
internal sealed class CookieKeysCheck(IDataProtectionProvider protection) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // The first call reads the key ring, and blocks.
        await Task.Run(() => protection.CreateProtector("health").Protect([1]), cancellationToken).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>
/// When the host stops, reports the node as not ready and keeps serving for the drain time, so that the load balancer stops sending
/// requests (R15). <see cref="StoppingAsync"/> runs before the listeners close.
/// </summary>
internal sealed class Draining(TimeSpan drainTime, TimeProvider clock) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _started;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_started ? HealthCheckResult.Unhealthy("stopping") : HealthCheckResult.Healthy());

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _started = true;
        try
        {
            await Task.Delay(drainTime, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The shutdown timeout has elapsed: stop now.
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
