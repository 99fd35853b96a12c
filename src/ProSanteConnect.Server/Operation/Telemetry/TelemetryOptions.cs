using System.Net;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Operation.Telemetry;

/// <summary>Who may see the metrics, and where traces go (section <c>Telemetry</c>).</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Whether <c>/metrics</c> answers in the format of Prometheus. True by default.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>The networks that may read <c>/metrics</c>; to others it does not exist. This machine alone when empty.</summary>
    public IList<string> MetricsNetworks { get; } = [];

    /// <summary>The local port that <c>/metrics</c> answers on, for example of a listener of its own; every port by default.</summary>
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
