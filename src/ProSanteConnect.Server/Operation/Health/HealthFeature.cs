using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Operation.Health;

internal static class HealthFeature
{
    /// <summary>The tag of a check that decides whether a node is ready; other features add theirs with it.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan DefaultDrainTime = TimeSpan.FromSeconds(5);
    private static readonly string[] Tags = [Ready];

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<HealthOptions>().BindConfiguration("Health").ValidateDataAnnotations();
        services.AddSingleton(provider => new Draining(DrainTime(provider)));
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
            foreach (var check in checks.Registrations.Where(check => check.Tags.Contains(Ready))) check.Timeout = health.Value.DatabaseTimeout;
        });
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: send it work.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = WriteAsync,
        });
        return endpoints;
    }

    private static TimeSpan DrainTime(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<HealthOptions>>().Value.DrainTime
        ?? (provider.GetRequiredService<IHostEnvironment>().IsDevelopment() ? TimeSpan.Zero : DefaultDrainTime);

    // The names of the checks and what each says; an exception says nothing here.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new
        {
            status = report.Status == HealthStatus.Healthy ? "ok" : "unavailable",
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => entry.Value.Status == HealthStatus.Healthy ? "ok" : Words(entry.Value)),
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer), context.RequestAborted);
    }

    private static string Words(HealthReportEntry entry) =>
        entry.Exception is null && entry.Description is { } words ? words : "no answer";
}
