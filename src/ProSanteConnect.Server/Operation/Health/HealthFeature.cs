using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Operation.Health;

internal static class HealthFeature
{
    private static readonly TimeSpan DefaultDrainTime = TimeSpan.FromSeconds(5);
    private static readonly string[] Tags = [HealthTags.Ready];

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<HealthOptions>().BindConfiguration("Health").ValidateDataAnnotations();
        services.AddSingleton(provider => new Draining(DrainTime(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddOptions<HostOptions>().Configure<IServiceProvider>((host, provider) =>
            host.ShutdownTimeout = DrainTime(provider) + provider.GetRequiredService<IOptions<HealthOptions>>().Value.StopTimeout);

        services.AddSingleton<DatabaseCheck>();
        services.AddSingleton<ClockCheck>();
        services.AddHealthChecks()
            .AddCheck<Draining>("serving", tags: Tags)
            .AddCheck<DatabaseCheck>("database", tags: Tags)
            .AddCheck<ClockCheck>("clock", tags: Tags)
            .AddCheck<CookieKeysCheck>("cookie_keys", tags: Tags);
        services.AddOptions<HealthCheckServiceOptions>().PostConfigure<IOptions<HealthOptions>>((checks, health) =>
        {
            foreach (var check in checks.Registrations.Where(check => check.Tags.Contains(HealthTags.Ready))) check.Timeout = health.Value.DatabaseTimeout;
        });
        return services;
    }

    private static readonly HttpMethodMetadata Read = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (the node accepts requests).</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).WithMetadata(Read);
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(HealthTags.Ready),
            ResponseWriter = WriteAsync,
        }).WithMetadata(Read);
        return endpoints;
    }

    private static TimeSpan DrainTime(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<HealthOptions>>().Value.DrainTime
        ?? (provider.GetRequiredService<IHostEnvironment>().IsDevelopment() ? TimeSpan.Zero : DefaultDrainTime);

    // The checks and their descriptions; exceptions are not disclosed.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new
        {
            status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable",
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => entry.Value.Status == HealthStatus.Healthy ? "ok" : DescriptionOf(entry.Value)),
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer), context.RequestAborted);
    }

    private static string DescriptionOf(HealthReportEntry entry) =>
        entry.Exception is null && entry.Description is { } description ? description : "no answer";
}

/// <summary>When a node reports that it is not ready (section <c>Health</c>).</summary>
internal sealed class HealthOptions
{
    /// <summary>How long the database may take to answer the probe. From 100 milliseconds to 10 seconds; 1 second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan DatabaseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest difference between the clocks of node and database (R10). From 1 second to 1 minute; 5 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a stopping node keeps serving while it reports that it is not ready (R15). From 0 to 60 seconds; 5 seconds by default,
    /// 0 in development.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan? DrainTime { get; set; }

    /// <summary>How long requests in flight may take after the drain time. From 1 second to 2 minutes; 25 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
