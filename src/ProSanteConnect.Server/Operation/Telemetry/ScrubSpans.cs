using System.Diagnostics;
using OpenTelemetry;

namespace ProSanteConnect.Server.Operation.Telemetry;

/// <summary>Takes from each span what says who asked: traces leave for a collector that is no journal.</summary>
internal sealed class ScrubSpans : BaseProcessor<Activity>
{
    private static readonly string[] Personal =
        ["url.query", "url.full", "user_agent.original", "client.address", "client.port", "network.peer.address", "network.peer.port"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Personal) data.SetTag(tag, null);
    }
}
