using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>
/// The recurring work on e-CPS: reminds holders before the expiry, and deactivates the e-CPS of practitioners that the directory no longer
/// lists. Each is done once, whatever the number of nodes.
/// </summary>
internal sealed class ECpsMaintenance(
    ECpsReminders reminders, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ECpsMaintenance> logger) : RecurringJob(clock)
{
    /// <summary>The actor of its entries in the journal.</summary>
    private const string Actor = "upkeep";

    protected override TimeSpan Interval => TimeSpan.FromMinutes(5);

    public override async Task RunAsync(CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ECpsDeactivation>().DeactivateDelistedAsync(Actor, now, ct);
        await reminders.SendDueAsync(now, ct);
    }

    protected override void LogFailure(Exception exception, string? databaseFailure)
    {
        if (databaseFailure is not null) Log.MaintenancePostponed(logger, databaseFailure);
        else Log.MaintenanceFailed(logger, exception);
    }
}

/// <summary>Log events of the e-CPS: 4xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "Maintenance of the e-CPS (delisted holders, reminders) is postponed for five minutes, because the database failed: {Reason}.")]
    public static partial void MaintenancePostponed(ILogger logger, string reason);

    [LoggerMessage(4002, LogLevel.Error, "Maintenance of the e-CPS (delisted holders, reminders) failed. It is tried again in five minutes.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);
}
