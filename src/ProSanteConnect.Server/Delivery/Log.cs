using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Log events of the delivery: 5xxx. None contains a recipient.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Debug, "{Template} {Id} was sent by {Channel} at attempt {Attempt}.")]
    public static partial void MessageSent(this ILogger logger, string template, Guid id, Channel channel, int attempt);

    [LoggerMessage(5002, LogLevel.Warning, "{Template} {Id} could not be sent by {Channel} at attempt {Attempt}: {Error}. Another attempt follows.")]
    public static partial void MessagePutOff(this ILogger logger, string template, Guid id, Channel channel, int attempt, string error);

    [LoggerMessage(5003, LogLevel.Error, "{Template} {Id} is a dead letter of {Channel} after attempt {Attempt}: {Error}. See psc outbox list.")]
    public static partial void MessageDead(this ILogger logger, string template, Guid id, Channel channel, int attempt, string error);

    [LoggerMessage(5004, LogLevel.Warning, "{Count} messages of {Channel} expired before they could be sent.")]
    public static partial void MessagesExpired(this ILogger logger, int count, Channel channel);

    [LoggerMessage(5005, LogLevel.Warning, "No gateway is configured for {Channel}: its messages are kept until they expire.")]
    public static partial void ChannelOff(this ILogger logger, Channel channel);

    [LoggerMessage(5006, LogLevel.Warning, "The outbox could not be read or written, because the database failed: {Reason}. Retried at the next poll (Outbox:PollInterval).")]
    public static partial void OutboxPutOff(this ILogger logger, string reason);

    [LoggerMessage(5007, LogLevel.Error, "Sending messages of the outbox failed. Retried at the next poll (Outbox:PollInterval).")]
    public static partial void OutboxFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5008, LogLevel.Information, "A push subscription is no longer valid and was deleted; its phone polls while the app is open.")]
    public static partial void PushSubscriptionForgotten(this ILogger logger);

    [LoggerMessage(5009, LogLevel.Warning, "{Template} {Id} was sent by {Channel}, but its lease expired meanwhile: another node may send it again, with the same idempotency key.")]
    public static partial void LeaseLost(this ILogger logger, string template, Guid id, Channel channel);
}
