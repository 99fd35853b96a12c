using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProSanteConnect.Server.Operation.Health;

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
