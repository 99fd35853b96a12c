using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
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

        // Read now: exporters are registered before the container is built.
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

    /// <summary>Serves <c>/metrics</c> to the allowed networks. Other requests continue, and end as 404.</summary>
    public static IApplicationBuilder UseMetrics(this IApplicationBuilder app)
    {
        if (!app.ApplicationServices.GetRequiredService<IOptions<TelemetryOptions>>().Value.Metrics) return app;

        return app.UseOpenTelemetryPrometheusScrapingEndpoint(app.ApplicationServices.GetRequiredService<MetricsAccess>().Allows);
    }
}

/// <summary>Access to metrics, and the collector of traces (section <c>Telemetry</c>).</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Whether <c>/metrics</c> is served in the format of Prometheus. True by default.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>The networks that may read <c>/metrics</c>; others receive 404. Only this machine when empty.</summary>
    public IList<string> MetricsNetworks { get; } = [];

    /// <summary>The local port that serves <c>/metrics</c>, for example that of a separate listener; every port by default.</summary>
    public int? MetricsPort { get; set; }

    /// <summary>A collector for traces and metrics (OTLP over gRPC), for example <c>http://localhost:4317</c>; none by default.</summary>
    public Uri? OtlpEndpoint { get; set; }
}

internal sealed class ValidateTelemetryOptions : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> failures =
        [
            .. options.MetricsNetworks.Where(n => !IPNetwork.TryParse(n, out _))
                .Select(n => $"Telemetry:MetricsNetworks: '{n}' is no network such as 10.0.0.0/28."),
        ];
        if (options.MetricsPort is < 1 or > 65535) failures.Add($"Telemetry:MetricsPort: {options.MetricsPort} is no port.");
        if (options.OtlpEndpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")))
            failures.Add($"Telemetry:OtlpEndpoint: '{endpoint}' is no http address.");

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

/// <summary>Who may read <c>/metrics</c>.</summary>
internal sealed class MetricsAccess(IOptions<TelemetryOptions> options)
{
    private static readonly string[] ThisMachine = ["127.0.0.0/8", "::1/128"];

    private readonly int? _port = options.Value.MetricsPort;
    private readonly IPNetwork[] _networks =
        [.. (options.Value.MetricsNetworks is { Count: > 0 } given ? given : ThisMachine).Select(IPNetwork.Parse)];

    public bool Allows(HttpContext context) =>
        context.Request.Path == "/metrics"
        && (_port is null || _port == context.Connection.LocalPort)
        // Behind an unconfigured proxy on this machine every client would have a local address.
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && context.Connection.RemoteIpAddress is { } address
        && _networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}

/// <summary>Removes personal data from each span before it is exported to the collector.</summary>
internal sealed class ScrubSpans : BaseProcessor<Activity>
{
    private static readonly string[] Personal =
        ["url.query", "url.full", "user_agent.original", "client.address", "client.port", "network.peer.address", "network.peer.port"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Personal) data.SetTag(tag, null);
    }
}
