namespace ProSanteConnect.Server.Delivery;

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
