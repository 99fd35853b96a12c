using System.Diagnostics;

namespace ProSanteConnect.Server.Shared.Telemetry;

/// <summary>The source of our own spans, beside those of ASP.NET Core. No tag of a span names a person or an address.</summary>
internal static class PscActivity
{
    public const string SourceName = "ProSanteConnect";

    public static ActivitySource Source { get; } = new(SourceName);
}
