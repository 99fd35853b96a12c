using static ProSanteConnect.Core.Enrolment.ActivationStatus;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>Where an activation stands. Expiry is asked at an instant and never stored.</summary>
public enum ActivationStatus
{
    Opened,
    Scanned,
    Confirmed,
    Completed,
    Cancelled,
}

/// <summary>What may happen to an activation.</summary>
public enum ActivationTrigger
{
    Renew,
    Scan,
    SendCode,
    Confirm,
    Complete,
    Cancel,
}

/// <summary>The one table of the statuses of an <see cref="Activation"/>; what is not in it is refused.</summary>
public static class ActivationLifeCycle
{
    public static ActivationStatus? Next(ActivationStatus from, ActivationTrigger trigger) => (from, trigger) switch
    {
        (Opened, ActivationTrigger.Renew) => Opened,            // the page shows another QR code, the former one is dead
        (Opened, ActivationTrigger.Scan) => Scanned,            // a phone has presented the QR code
        (Scanned, ActivationTrigger.SendCode) => Scanned,       // an SMS is on its way, its code replaces the former one
        (Scanned, ActivationTrigger.Confirm) => Confirmed,      // the code was typed: on the computer (card) or on the phone (SMS)
        (Confirmed, ActivationTrigger.Complete) => Completed,   // device key and PIN are registered: the e-CPS is active
        (Opened or Scanned or Confirmed, ActivationTrigger.Cancel) => Cancelled,
        _ => null,
    };

    /// <summary>The statuses that a trigger may leave: the condition of the one UPDATE that moves an activation.</summary>
    public static IReadOnlyList<ActivationStatus> AllowedFrom(ActivationTrigger trigger) =>
        [.. Enum.GetValues<ActivationStatus>().Where(status => Next(status, trigger) is not null)];
}
