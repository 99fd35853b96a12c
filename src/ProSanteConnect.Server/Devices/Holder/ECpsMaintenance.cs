using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>
/// What happens to e-CPS by the passing of time: reminders of the coming end, and the end of those whose holder the directory
/// no longer lists. On however many nodes it runs, each is done once.
/// </summary>
internal sealed class ECpsMaintenance(
    ECpsReminders reminders, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ECpsMaintenance> logger) : BackgroundService
{
    private const string Actor = "upkeep";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Does what is due now.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ECpsRegister>().DeactivateDelistedAsync(Actor, now, ct);
        await reminders.SendDueAsync(now, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.PauseAsync(Interval, stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (DatabaseFailure.Find(exception) is { } failure) logger.UpkeepPutOff(DatabaseFailure.Describe(failure));
                else logger.UpkeepFailed(exception);
            }
        }
    }
}
