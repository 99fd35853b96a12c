using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>How a request to the phone stands, as the browser that waits is told.</summary>
internal sealed record PhoneAnswer(ApprovalRequest Request, ApprovalOutcome Outcome)
{
    /// <summary>The outcome as addresses and scripts spell it.</summary>
    public string Slug => Outcome switch
    {
        ApprovalOutcome.Pending => "pending",
        ApprovalOutcome.Approved => "approved",
        ApprovalOutcome.Denied => "denied",
        ApprovalOutcome.Expired => "expired",
        ApprovalOutcome.WrongNumber => "wrong-number",
        ApprovalOutcome.Cancelled => "cancelled",
        _ => "replaced",
    };
}
