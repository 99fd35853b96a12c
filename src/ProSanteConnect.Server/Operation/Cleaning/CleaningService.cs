using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Failures;
using ProSanteConnect.Server.Shared.Timing;

namespace ProSanteConnect.Server.Operation.Cleaning;

/// <summary>Runs the cleaning from time to time; when it fails, the next time does its work.</summary>
internal sealed class CleaningService(
    ExpiredRows expired, IOptions<CleaningOptions> options, TimeProvider clock, ILogger<CleaningService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.PauseAsync(Jittered(options.Value.Interval), stoppingToken))
        {
            try
            {
                var removed = await expired.RemoveAsync(stoppingToken);
                if (removed > 0) Log.RowsRemoved(logger, removed);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (DatabaseFailure.Find(exception) is { } failure) Log.CleaningPutOff(logger, DatabaseFailure.Describe(failure));
                else Log.CleaningFailed(logger, exception);
            }
        }
    }

    // Up to a fifth sooner or later: nodes that started together do not clean together.
    private static TimeSpan Jittered(TimeSpan interval) => interval * (RandomNumberGenerator.GetInt32(800, 1201) / 1000.0);
}
