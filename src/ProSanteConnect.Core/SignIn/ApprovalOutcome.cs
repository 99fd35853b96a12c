using System.Diagnostics;

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

public static class ApprovalOutcomeCodes
{
    /// <summary>The code of the API, of the waiting page and of the error catalogue; it never changes its meaning.</summary>
    public static string Code(this ApprovalOutcome outcome) => outcome switch
    {
        ApprovalOutcome.Pending => "pending",
        ApprovalOutcome.Approved => "approved",
        ApprovalOutcome.Denied => "denied",
        ApprovalOutcome.Expired => "expired",
        ApprovalOutcome.WrongNumber => "wrong-number",
        ApprovalOutcome.Cancelled => "cancelled",
        ApprovalOutcome.Replaced => "replaced",
        _ => throw new UnreachableException($"Outcome {outcome}"),
    };
}
