namespace ProSanteConnect.Server.Protocol;

/// <summary>Log events of the protocol: 1xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Relying parties and keys could not be read again; the last state serves on.")]
    public static partial void SnapshotsNotRefreshed(this ILogger logger, Exception exception);
}
