namespace ProSanteConnect.Core.SignIn;

/// <summary>How an approval request stands at an instant, as the phone and the waiting page are told.</summary>
public enum ApprovalOutcome
{
    Pending,
    Approved,
    Denied,
    Expired,
    WrongNumber,
    Cancelled,
    Replaced,
}
