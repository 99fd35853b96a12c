using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Hosting;

/// <summary>
/// A job that runs again and again while the host runs. A failed round is logged, and the next one does its work; the first round
/// starts after one interval.
/// </summary>
internal abstract class RecurringJob(TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    /// <summary>The time between the end of a round and the start of the next; read anew for each round.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Runs one round.</summary>
    public abstract Task RunAsync(CancellationToken ct);

    /// <summary>Logs a failed round.</summary>
    /// <param name="exception">Why it failed.</param>
    /// <param name="databaseFailure">What the log may say of it when the database failed; otherwise null.</param>
    protected abstract void LogFailure(Exception exception, string? databaseFailure);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await Clock.PauseAsync(Interval, stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(exception, DatabaseFailure.Find(exception) is { } failure ? DatabaseFailure.Describe(failure) : null);
            }
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
