namespace ProSanteConnect.Core.SignIn;

/// <summary>Where an approval request stands. Expiry is asked at an instant and never stored.</summary>
public enum ApprovalStatus
{
    Pending,
    Approved,
    Denied,
    WrongNumber,
    Cancelled,
    Replaced,
}
