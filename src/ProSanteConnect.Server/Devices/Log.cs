namespace ProSanteConnect.Server.Devices;

/// <summary>Log events of the e-CPS: 4xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "The upkeep of the e-CPS waits for the database: {Reason}.")]
    public static partial void UpkeepPutOff(this ILogger logger, string reason);

    [LoggerMessage(4002, LogLevel.Error, "The upkeep of the e-CPS failed.")]
    public static partial void UpkeepFailed(this ILogger logger, Exception exception);
}
