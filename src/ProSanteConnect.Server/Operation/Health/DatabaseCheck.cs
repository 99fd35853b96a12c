using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
