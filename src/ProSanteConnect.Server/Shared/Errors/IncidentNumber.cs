using System.Diagnostics;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>The number a person reads out to support: the beginning of the trace id that every log line of the request bears.</summary>
internal static class IncidentNumber
{
    private const int Length = 8;

    public static string Of(HttpContext context) =>
        Activity.Current is { } activity ? activity.TraceId.ToHexString()[..Length] : context.TraceIdentifier;
}
