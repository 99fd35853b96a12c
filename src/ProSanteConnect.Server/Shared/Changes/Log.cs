namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>Log events of those who wait: 16xx.</summary>
internal static partial class Log
{
    [LoggerMessage(1601, LogLevel.Warning, "Those who wait were told no news for a moment: {Reason}.")]
    public static partial void NewsNotRead(this ILogger logger, Exception? exception, string reason);
}
