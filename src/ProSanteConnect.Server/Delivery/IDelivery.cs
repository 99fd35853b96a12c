using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Delivery;

/// <summary>One way out: mail by SMTP, SMS by a gateway, push, and in the sandbox the box that everything ends in.</summary>
internal interface IDelivery
{
    Channel Channel { get; }

    /// <summary>How many messages may be on their way at once.</summary>
    int Parallelism { get; }

    /// <summary>One attempt. What the world can do wrong is a result; an exception is a fault of ours.</summary>
    Task<DeliveryResult> SendAsync(LeasedMessage message, CancellationToken ct);

    /// <summary>Nothing follows for the moment: a connection that was kept for the batch may be closed.</summary>
    Task EndBatchAsync() => Task.CompletedTask;
}

/// <summary>What came of one attempt. An error is a code in which no recipient stands.</summary>
internal abstract record DeliveryResult
{
    private DeliveryResult() { }

    /// <summary>The gateway has taken it.</summary>
    public sealed record Sent : DeliveryResult;

    /// <summary>This message did not get through; another may.</summary>
    public sealed record PutOff(string Error) : DeliveryResult;

    /// <summary>The gateway itself does not work: the rest of the batch waits, untried.</summary>
    public sealed record GatewayDown(string Error) : DeliveryResult;

    /// <summary>No attempt will ever succeed.</summary>
    public sealed record Refused(string Error) : DeliveryResult;

    /// <summary>There is nobody left to tell.</summary>
    public sealed record Pointless(string Error) : DeliveryResult;
}
