using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Sends the messages of one channel: mail by SMTP, SMS by a gateway, push by a push service; in the sandbox, to its mailbox page.</summary>
internal interface IDelivery
{
    Channel Channel { get; }

    /// <summary>How many messages may be sent at once.</summary>
    int Parallelism { get; }

    /// <summary>Tries to send a message once. Failures of network and gateway are results; an exception is a bug.</summary>
    Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct);

    /// <summary>Called after the last message of a batch: closes a connection that was kept open.</summary>
    Task EndBatchAsync() => Task.CompletedTask;
}

/// <summary>The outcome of one attempt. Error codes never contain a recipient.</summary>
internal abstract record DeliveryResult
{
    private DeliveryResult() { }

    /// <summary>The gateway accepted the message.</summary>
    public sealed record Sent : DeliveryResult;

    /// <summary>The message failed and is retried; other messages may succeed.</summary>
    public sealed record PutOff(string Error) : DeliveryResult;

    /// <summary>The gateway does not work: the message is retried, and the rest of the batch is not tried.</summary>
    public sealed record GatewayDown(string Error) : DeliveryResult;

    /// <summary>Permanent failure: the message becomes a dead letter.</summary>
    public sealed record Refused(string Error) : DeliveryResult;

    /// <summary>The recipient no longer exists: the message is dropped.</summary>
    public sealed record Pointless(string Error) : DeliveryResult;
}
