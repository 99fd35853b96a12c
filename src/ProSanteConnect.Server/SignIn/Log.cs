namespace ProSanteConnect.Server.SignIn;

/// <summary>Log events of the sign-in: 3xxx.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "A card was refused: {Reason}.")]
    public static partial void CardRefused(this ILogger logger, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "A certificate in a header was refused: it did not come from the proxy.")]
    public static partial void CardHeaderRefused(this ILogger logger);

    [LoggerMessage(3003, LogLevel.Warning, "The revocation list of {Issuer} could not be fetched: {Doubt}.")]
    public static partial void CrlNotRefreshed(this ILogger logger, string issuer, string doubt);
}
