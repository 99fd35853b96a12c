using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Server.Operation.Health;

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
