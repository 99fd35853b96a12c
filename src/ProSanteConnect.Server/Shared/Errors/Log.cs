namespace ProSanteConnect.Server.Shared.Errors;

internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "A request was answered 503 because the database failed, incident {Incident}: {Reason}. The client may try again.")]
    public static partial void DatabaseFailed(ILogger logger, string incident, string reason);

    [LoggerMessage(9002, LogLevel.Error, "A request was answered 500 because of an unexpected error, incident {Incident}.")]
    public static partial void ErrorUnhandled(ILogger logger, Exception exception, string incident);

    [LoggerMessage(9003, LogLevel.Information, "A request could not be read and was answered {StatusCode}.")]
    public static partial void RequestUnreadable(ILogger logger, int statusCode);

    [LoggerMessage(9004, LogLevel.Debug, "The client closed the connection before the response.")]
    public static partial void ClientLeft(ILogger logger);

    [LoggerMessage(9005, LogLevel.Warning, "The error page could not be rendered. A plain page was sent instead.")]
    public static partial void ErrorPageFailed(ILogger logger, Exception exception);
}
