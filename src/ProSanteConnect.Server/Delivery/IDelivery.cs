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
