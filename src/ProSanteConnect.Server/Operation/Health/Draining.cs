using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProSanteConnect.Server.Operation.Health;

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
