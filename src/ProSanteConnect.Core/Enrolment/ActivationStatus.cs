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
