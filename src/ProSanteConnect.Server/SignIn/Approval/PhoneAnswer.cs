using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>How a request to the phone stands, as the browser that waits is told.</summary>
internal sealed record PhoneAnswer(ApprovalRequest Request, ApprovalOutcome Outcome)
{
    /// <summary>The outcome as addresses and scripts spell it, and the API of the phone.</summary>
    public string Slug => Outcome.Code();
}
