using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Operation.Telemetry;

internal static class TelemetryFeature
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>();
        services.AddOptionsWithValidateOnStart<TelemetryOptions>().BindConfiguration("Telemetry");
        services.TryAddSingleton<PscMetrics>();
        services.AddSingleton<MetricsAccess>();

        // Which exporters there are is decided before the container is built.
        var options = configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (!options.Metrics && options.OtlpEndpoint is null) return services;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            "prosanteconnect", serviceVersion: typeof(TelemetryFeature).Assembly.GetName().Version?.ToString(3)));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(PscMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql");
            if (options.Metrics) metrics.AddPrometheusExporter();
            if (options.OtlpEndpoint is { } collector) metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
        });
        if (options.OtlpEndpoint is { } endpoint)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(PscActivity.SourceName)
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddProcessor(new ScrubSpans())
                .AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
        }

        return services;
    }

    /// <summary>Answers <c>/metrics</c> to whom it is for; for all others the request goes on, to end as not found.</summary>
    public static IApplicationBuilder UseMetrics(this IApplicationBuilder app)
    {
        if (!app.ApplicationServices.GetRequiredService<IOptions<TelemetryOptions>>().Value.Metrics) return app;

        return app.UseOpenTelemetryPrometheusScrapingEndpoint(app.ApplicationServices.GetRequiredService<MetricsAccess>().Allows);
    }
}
