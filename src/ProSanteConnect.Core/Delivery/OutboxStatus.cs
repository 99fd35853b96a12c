namespace ProSanteConnect.Core.Delivery;

/// <summary>Where a message stands.</summary>
public enum OutboxStatus
{
    Waiting,

    /// <summary>The gateway has taken it.</summary>
    Sent,

    /// <summary>Its time was over before a gateway took it: it is never sent.</summary>
    Expired,

    /// <summary>A dead letter: refused for good, or given up after too many attempts. The operator sees it and may send it again.</summary>
    Dead,
}
