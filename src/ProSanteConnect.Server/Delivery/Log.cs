using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Log events of the delivery: 5xxx. None names a recipient.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Debug, "{Template} {Id} was sent by {Channel} at attempt {Attempt}.")]
    public static partial void MessageSent(this ILogger logger, string template, Guid id, Channel channel, int attempt);

    [LoggerMessage(5002, LogLevel.Warning, "{Template} {Id} could not be sent by {Channel} at attempt {Attempt}: {Error}.")]
    public static partial void MessagePutOff(this ILogger logger, string template, Guid id, Channel channel, int attempt, string error);

    [LoggerMessage(5003, LogLevel.Error, "{Template} {Id} is a dead letter of {Channel} after attempt {Attempt}: {Error}. See psc outbox list.")]
    public static partial void MessageDead(this ILogger logger, string template, Guid id, Channel channel, int attempt, string error);

    [LoggerMessage(5004, LogLevel.Warning, "{Count} messages expired before {Channel} took them.")]
    public static partial void MessagesExpired(this ILogger logger, int count, Channel channel);

    [LoggerMessage(5005, LogLevel.Warning, "No gateway is configured for {Channel}: its messages are kept until they expire.")]
    public static partial void ChannelOff(this ILogger logger, Channel channel);

    [LoggerMessage(5006, LogLevel.Warning, "The outbox waits for the database: {Reason}.")]
    public static partial void OutboxPutOff(this ILogger logger, string reason);

    [LoggerMessage(5007, LogLevel.Error, "The outbox failed.")]
    public static partial void OutboxFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5008, LogLevel.Information, "The push subscription of an e-CPS is gone and was forgotten.")]
    public static partial void PushSubscriptionForgotten(this ILogger logger);

    [LoggerMessage(5009, LogLevel.Warning, "{Template} {Id} was sent by {Channel}, but its lease was lost meanwhile: it may be sent again, with the same key.")]
    public static partial void LeaseLost(this ILogger logger, string template, Guid id, Channel channel);
}
