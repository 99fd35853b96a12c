using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Delivery.OutboxStatus;

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

/// <summary>What may happen to a message.</summary>
public enum OutboxTrigger
{
    Lease,
    Deliver,
    PutOff,
    GiveUp,
    Expire,
    SendAgain,
}

/// <summary>The one table of the statuses of an <see cref="OutboxMessage"/>; what is not in it is refused.</summary>
public abstract class OutboxLifeCycle : LifeCycle<OutboxLifeCycle, OutboxStatus, OutboxTrigger>, ILifeCycle<OutboxStatus, OutboxTrigger>
{
    public static OutboxStatus? Next(OutboxStatus from, OutboxTrigger trigger) => (from, trigger) switch
    {
        (Waiting, OutboxTrigger.Lease) => Waiting,       // a worker takes it for one attempt
        (Waiting, OutboxTrigger.Deliver) => Sent,        // the gateway has taken it
        (Waiting, OutboxTrigger.PutOff) => Waiting,      // it is tried again after a pause
        (Waiting, OutboxTrigger.GiveUp) => Dead,         // refused for good, or tried too often
        (Waiting, OutboxTrigger.Expire) => Expired,
        (Dead, OutboxTrigger.SendAgain) => Waiting,      // the operator has mended what was wrong
        _ => null,
    };
}

internal static class OutboxMoves
{
    public static IQueryable<OutboxMessage> Movable(this IQueryable<OutboxMessage> all, OutboxTrigger trigger)
    {
        var allowedFrom = OutboxLifeCycle.AllowedFrom(trigger);
        return all.Where(m => allowedFrom.Contains(m.Status));
    }
}
