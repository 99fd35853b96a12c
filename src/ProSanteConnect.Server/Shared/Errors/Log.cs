namespace ProSanteConnect.Server.Shared.Errors;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "The database failed a request, incident {Incident}: {Reason}")]
    public static partial void DatabaseFailed(ILogger logger, string incident, string reason);

    [LoggerMessage(9002, LogLevel.Error, "An unforeseen error, incident {Incident}")]
    public static partial void ErrorUnhandled(ILogger logger, Exception exception, string incident);

    [LoggerMessage(9003, LogLevel.Information, "A request could not be read: {StatusCode}")]
    public static partial void RequestUnreadable(ILogger logger, int statusCode);

    [LoggerMessage(9004, LogLevel.Debug, "The client left before it was answered")]
    public static partial void ClientLeft(ILogger logger);

    [LoggerMessage(9005, LogLevel.Warning, "The error page could not be shown either")]
    public static partial void ErrorPageFailed(ILogger logger, Exception exception);
}
