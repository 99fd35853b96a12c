using System.Net;
using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Operation.Telemetry;

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
        // A proxy on this machine that nobody configured would make everybody local.
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && context.Connection.RemoteIpAddress is { } address
        && _networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
