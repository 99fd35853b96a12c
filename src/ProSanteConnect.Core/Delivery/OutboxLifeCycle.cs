using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Delivery.OutboxStatus;

namespace ProSanteConnect.Core.Delivery;

/// <summary>The status of a message.</summary>
public enum OutboxStatus
{
    Waiting,

    /// <summary>The gateway has accepted it.</summary>
    Sent,

    /// <summary>It expired before a gateway accepted it, and is never sent.</summary>
    Expired,

    /// <summary>A dead letter: refused permanently, or given up after too many attempts. The operator may send it again.</summary>
    Dead,
}

/// <summary>The events that may move a message.</summary>
public enum OutboxTrigger
{
    Lease,
    Deliver,
    PutOff,
    GiveUp,
    Expire,
    SendAgain,
}

/// <summary>The table of the statuses of an <see cref="OutboxMessage"/>. A move that is not in it is refused.</summary>
public abstract class OutboxLifeCycle : LifeCycle<OutboxLifeCycle, OutboxStatus, OutboxTrigger>, ILifeCycle<OutboxStatus, OutboxTrigger>
{
    public static OutboxStatus? Next(OutboxStatus from, OutboxTrigger trigger) => (from, trigger) switch
    {
        (Waiting, OutboxTrigger.Lease) => Waiting,       // a worker takes it for one attempt
        (Waiting, OutboxTrigger.Deliver) => Sent,        // the gateway has accepted it
        (Waiting, OutboxTrigger.PutOff) => Waiting,      // it is tried again after a pause
        (Waiting, OutboxTrigger.GiveUp) => Dead,         // refused permanently, or too many attempts
        (Waiting, OutboxTrigger.Expire) => Expired,
        (Dead, OutboxTrigger.SendAgain) => Waiting,      // the operator has removed the cause
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
