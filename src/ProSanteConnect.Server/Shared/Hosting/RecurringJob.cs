using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Hosting;

/// <summary>
/// A job that runs at intervals until the host stops. A failed round is logged by the job; the next one takes place as planned.
/// </summary>
internal abstract class RecurringJob(TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    /// <summary>The time between the end of a round and the start of the next; read anew for each round.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Whether the first round takes place at start and not after the first interval.</summary>
    protected virtual bool RunsAtStart => false;

    /// <summary>Runs one round.</summary>
    public abstract Task RunAsync(CancellationToken ct);

    /// <summary>Logs a failed round.</summary>
    /// <param name="exception">Why it failed.</param>
    /// <param name="databaseFailure">What the log may say of it when the database failed; otherwise null.</param>
    protected abstract void LogFailure(Exception exception, string? databaseFailure);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (RunsAtStart) await RunGuardedAsync(stoppingToken);
        while (await Clock.PauseAsync(Interval, stoppingToken)) await RunGuardedAsync(stoppingToken);
    }

    private async Task RunGuardedAsync(CancellationToken stopping)
    {
        try
        {
            await RunAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogFailure(exception, DatabaseFailure.Find(exception) is { } failure ? DatabaseFailure.Describe(failure) : null);
        }
    }
}

internal static class Pauses
{
    /// <summary>Waits; false when <paramref name="stopping"/> is cancelled before the time is over.</summary>
    public static async Task<bool> PauseAsync(this TimeProvider clock, TimeSpan time, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(time, clock, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
