namespace ProSanteConnect.Server.Operation.Cleaning;

internal static partial class Log
{
    [LoggerMessage(9401, LogLevel.Information, "{Count} expired rows were removed")]
    public static partial void RowsRemoved(ILogger logger, int count);

    [LoggerMessage(9402, LogLevel.Warning, "Expired rows stay until the next time, because the database failed: {Reason}")]
    public static partial void CleaningPutOff(ILogger logger, string reason);

    [LoggerMessage(9403, LogLevel.Error, "Expired rows could not be removed")]
    public static partial void CleaningFailed(ILogger logger, Exception exception);
}
