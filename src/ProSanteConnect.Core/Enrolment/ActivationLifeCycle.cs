using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using static ProSanteConnect.Core.Enrolment.ActivationStatus;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>The status of an activation. Expiry is computed for an instant and never stored.</summary>
public enum ActivationStatus
{
    Opened,
    Scanned,
    Confirmed,
    Completed,
    Cancelled,
}

/// <summary>The events that may move an activation.</summary>
public enum ActivationTrigger
{
    Renew,
    Scan,
    SendCode,
    Confirm,
    Complete,
    ExhaustCode,
    Cancel,
}

/// <summary>The table of the statuses of an <see cref="Activation"/>. A move that is not in it is refused.</summary>
public abstract class ActivationLifeCycle : LifeCycle<ActivationLifeCycle, ActivationStatus, ActivationTrigger>, ILifeCycle<ActivationStatus, ActivationTrigger>
{
    public static ActivationStatus? Next(ActivationStatus from, ActivationTrigger trigger) => (from, trigger) switch
    {
        (Opened, ActivationTrigger.Renew) => Opened,            // the page shows another QR code; the former one is no longer valid
        (Opened, ActivationTrigger.Scan) => Scanned,            // a phone has presented the QR code
        (Scanned, ActivationTrigger.SendCode) => Scanned,       // an SMS is sent; its code replaces the former one
        (Scanned, ActivationTrigger.Confirm) => Confirmed,      // the code was typed: on the computer (card) or on the phone (SMS)
        (Confirmed, ActivationTrigger.Complete) => Completed,   // device key and PIN are registered: the e-CPS is active
        (Scanned, ActivationTrigger.ExhaustCode) => Cancelled,  // the last try of the code on the computer was wrong
        (Opened or Scanned or Confirmed, ActivationTrigger.Cancel) => Cancelled,
        _ => null,
    };
}

/// <summary>The conditional UPDATEs that several services share.</summary>
internal static class ActivationMoves
{
    /// <summary>The activations that a trigger may move, and whose time is not over.</summary>
    public static IQueryable<Activation> MovableAt(this IQueryable<Activation> all, ActivationTrigger trigger, DateTimeOffset now) =>
        all.Movable(trigger).Where(a => a.ExpiresAt > now);

    public static IQueryable<Activation> Movable(this IQueryable<Activation> all, ActivationTrigger trigger)
    {
        var allowedFrom = ActivationLifeCycle.AllowedFrom(trigger);
        return all.Where(a => allowedFrom.Contains(a.Status));
    }

    /// <summary>Moves the activations that a trigger may move, expired ones included.</summary>
    /// <returns>How many were moved.</returns>
    public static Task<int> EndAsync(this IQueryable<Activation> which, ActivationTrigger trigger, CancellationToken ct) =>
        which.Movable(trigger).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, ActivationLifeCycle.Next(trigger)), ct);
}
