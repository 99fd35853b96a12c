namespace ProSanteConnect.Server.Operation.Logs;

internal static partial class Log
{
    [LoggerMessage(9301, LogLevel.Information, "{Method} {Path} was answered {StatusCode} in {Elapsed:0.0} ms")]
    public static partial void RequestAnswered(ILogger logger, string method, string path, int statusCode, double elapsed);

    [LoggerMessage(9302, LogLevel.Warning, "{Method} {Path} was answered {StatusCode} in {Elapsed:0.0} ms")]
    public static partial void RequestFailed(ILogger logger, string method, string path, int statusCode, double elapsed);
}
