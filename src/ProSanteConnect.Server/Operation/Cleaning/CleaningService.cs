using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Hosting;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Operation.Cleaning;

/// <summary>Deletes expired rows at intervals.</summary>
internal sealed class CleaningService(
    ExpiredRows expired, IOptions<CleaningOptions> options, TimeProvider clock, ILogger<CleaningService> logger) : RecurringJob(clock)
{
    // Varies by up to a fifth, so that nodes that started together do not clean together.
    protected override TimeSpan Interval => options.Value.Interval * (RandomNumberGenerator.GetInt32(800, 1201) / 1000.0);

    public override async Task RunAsync(CancellationToken ct)
    {
        var removed = await expired.RemoveAsync(ct);
        if (removed > 0) Log.RowsRemoved(logger, removed);
    }

    protected override void LogFailure(Exception exception, string? databaseFailure)
    {
        if (databaseFailure is not null) Log.CleaningPutOff(logger, databaseFailure);
        else Log.CleaningFailed(logger, exception);
    }
}

/// <summary>The deletion of expired rows (section <c>Cleaning</c>).</summary>
internal sealed class CleaningOptions
{
    /// <summary>The interval on each node, varied by up to a fifth. From 1 minute to 1 hour; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many rows one transaction deletes. From 10 to 1000; 500 by default.</summary>
    [Range(10, 1000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// How long the journal keeps an event. From 180 to 1096 days (CNIL: 6 to 12 months, 3 years where that is justified); 365
    /// days by default.
    /// </summary>
    [Range(typeof(TimeSpan), "180.00:00:00", "1096.00:00:00")]
    public TimeSpan JournalRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long the outbox keeps a sent, expired or dead message for the operator, without its content. From 1 to 365 days; 30 days
    /// by default.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan OutboxRetention { get; set; } = TimeSpan.FromDays(30);
}

internal static class CleaningFeature
{
    public static IServiceCollection AddCleaning(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CleaningOptions>().BindConfiguration("Cleaning").ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PscMetrics>();
        services.AddSingleton<ExpiredRows>();
        services.AddHostedService<CleaningService>();
        return services;
    }
}

internal static partial class Log
{
    [LoggerMessage(9401, LogLevel.Information, "{Count} expired rows were removed.")]
    public static partial void RowsRemoved(ILogger logger, int count);

    [LoggerMessage(9402, LogLevel.Warning, "Expired rows stay until the next run (Cleaning:Interval), because the database failed: {Reason}.")]
    public static partial void CleaningPutOff(ILogger logger, string reason);

    [LoggerMessage(9403, LogLevel.Error, "Expired rows could not be removed; the next run (Cleaning:Interval) tries again.")]
    public static partial void CleaningFailed(ILogger logger, Exception exception);
}
