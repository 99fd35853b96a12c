using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProSanteConnect.Server.Protocol.Tokens;

namespace ProSanteConnect.Server.Protocol.Engine;

/// <summary>A node without signing keys and relying parties is not ready.</summary>
internal sealed class SigningKeysCheck(SigningKeys keys, ClientDirectory clients) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.IsLoaded && clients.Snapshot is not null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("keys and relying parties have not been read yet"));
}
