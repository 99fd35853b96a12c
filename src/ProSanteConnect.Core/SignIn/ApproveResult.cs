using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Core.SignIn;

/// <summary>What came of an approval on the phone.</summary>
public abstract record ApproveResult
{
    private ApproveResult() { }

    public sealed record Approved(ApprovalRequest Request) : ApproveResult;

    /// <summary>The request is over.</summary>
    public sealed record NumberWrong : ApproveResult;

    /// <summary>The request stays open.</summary>
    public sealed record PinWrong(int AttemptsLeft) : ApproveResult;

    public sealed record Inactive(DeactivationReason Reason, DateTimeOffset Since) : ApproveResult;

    public sealed record Over(ApprovalOutcome Outcome) : ApproveResult;

    /// <summary>No request of this e-CPS.</summary>
    public sealed record Unknown : ApproveResult;
}
