namespace ProSanteConnect.Core.SignIn;

/// <summary>What came of a refusal on the phone.</summary>
public abstract record DenyResult
{
    private DenyResult() { }

    public sealed record Denied(ApprovalRequest Request) : DenyResult;

    public sealed record Over(ApprovalOutcome Outcome) : DenyResult;

    /// <summary>No request of this e-CPS.</summary>
    public sealed record Unknown : DenyResult;
}
