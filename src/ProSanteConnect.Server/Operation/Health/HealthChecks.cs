using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Server.Operation.Health;

/// <summary>The database answers, and has every migration of this version.</summary>
internal sealed class DatabaseCheck(PscDbFactory databases) : IHealthCheck
{
    // Migrations are never taken back.
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
/// The node's clock agrees with the database's, and so with the other nodes': a token of one would be expired, or not yet
/// valid, at another (R10).
/// </summary>
internal sealed class ClockCheck(PscDbFactory databases, IOptions<HealthOptions> options, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = databases.Create();
        if (Question(db) is not { } question) return HealthCheckResult.Healthy();

        var asked = clock.GetUtcNow();
        var theirs = (await db.Database.SqlQueryRaw<DateTimeOffset>(question).ToListAsync(cancellationToken)).Single();
        var ours = asked + (clock.GetUtcNow() - asked) / 2;
        return (theirs - ours).Duration() <= options.Value.ClockTolerance
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the clock differs from the database's");
    }

    // SQLite has no clock but this machine's.
    private static string? Question(PscDb db) => db switch
    {
        PostgresPscDb => """SELECT clock_timestamp() AS "Value" """,
        SqlServerPscDb => "SELECT SYSDATETIMEOFFSET() AS [Value]",
        _ => null,
    };
}

/// <summary>The keys of cookies and antiforgery tokens are loaded, so that no browser is taken for a stranger.</summary>
internal sealed class CookieKeysCheck(IDataProtectionProvider protection) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // The key ring is read by blocking calls, once.
        await Task.Run(() => protection.CreateProtector("health").Protect([1]), cancellationToken).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>
/// A node that is told to stop says so first and serves on, until the balancer has had time to look elsewhere (R15). It is the
/// first to be asked when the host stops, before the listeners close.
/// </summary>
internal sealed class Draining(TimeSpan drainTime) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _started;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_started ? HealthCheckResult.Unhealthy("stopping") : HealthCheckResult.Healthy());

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _started = true;
        try
        {
            await Task.Delay(drainTime, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host is told to stop at once.
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
