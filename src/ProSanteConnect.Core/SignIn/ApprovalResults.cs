using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SignIn;

/// <summary>Whom to ask, and for what the phone shows.</summary>
public sealed record ApprovalInput
{
    /// <summary>The sign-in that waits; null when a relying party asks by itself (CIBA).</summary>
    public Guid? SignInRequestId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Whoever the person at the computer says to be.</summary>
    public required NationalId ClaimedHolder { get; init; }

    public required ClientContext Browser { get; init; }

    /// <summary>The secret of the cookie by which known browsers are recognised, if there is one.</summary>
    public string? KnownBrowserToken { get; init; }

    /// <summary>Whether the caller counts one request too many: then the holder is not disturbed.</summary>
    public bool IsLimited { get; init; }

    /// <summary>The origin that the phone's answer commits to.</summary>
    public required string Origin { get; init; }
}

/// <summary>The request that the computer waits for, and the phone that was asked, or why none was.</summary>
public sealed record ApprovalStarted(ApprovalRequest Request, ECps? ECps, DecoyReason? Decoy);

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

/// <summary>What came of a refusal on the phone.</summary>
public abstract record DenyResult
{
    private DenyResult() { }

    public sealed record Denied(ApprovalRequest Request) : DenyResult;

    public sealed record Over(ApprovalOutcome Outcome) : DenyResult;

    /// <summary>No request of this e-CPS.</summary>
    public sealed record Unknown : DenyResult;
}
