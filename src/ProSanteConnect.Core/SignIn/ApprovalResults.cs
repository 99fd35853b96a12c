using System.ComponentModel.DataAnnotations;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.SignIn;

/// <summary>The holder to ask, and the details that the phone shows.</summary>
public sealed record ApprovalInput
{
    /// <summary>The sign-in request that waits for it; null when a relying party starts the approval (CIBA).</summary>
    public Guid? SignInRequestId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The identifier that the person at the computer has typed.</summary>
    public required NationalId ClaimedHolder { get; init; }

    public required ClientContext Browser { get; init; }

    /// <summary>The secret of the known-browser cookie, if there is one.</summary>
    public string? KnownBrowserToken { get; init; }

    /// <summary>Whether a rate limit is exceeded: then the request is a decoy.</summary>
    public bool IsLimited { get; init; }

    /// <summary>The origin to which the phone's answer is bound.</summary>
    public required string Origin { get; init; }
}

/// <summary>The request that the computer waits for, with the e-CPS that was asked or the reason for a decoy.</summary>
public sealed record ApprovalStarted(ApprovalRequest Request, ECps? ECps, DecoyReason? Decoy);

/// <summary>The result of an approval on the phone.</summary>
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

    /// <summary>The e-CPS has no such request.</summary>
    public sealed record Unknown : ApproveResult;
}

/// <summary>The result of a refusal on the phone.</summary>
public abstract record DenyResult
{
    private DenyResult() { }

    public sealed record Denied(ApprovalRequest Request) : DenyResult;

    public sealed record Over(ApprovalOutcome Outcome) : DenyResult;

    /// <summary>The e-CPS has no such request.</summary>
    public sealed record Unknown : DenyResult;
}

/// <summary>Approval requests on the phone (section <c>Approval</c>; security-checklist §5).</summary>
public sealed class ApprovalOptions
{
    /// <summary>How long the phone may answer. From 30 seconds to 5 minutes; 120 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long "ce n'est pas moi" keeps unknown browsers away from the phone. From 1 hour to 7 days; 24 hours by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan FreezeAfterNotMe { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many wrong numbers in an hour keep unknown browsers away for an hour. From 1 to 10; 3 by default.</summary>
    [Range(1, 10)]
    public int WrongNumbersPerHour { get; set; } = 3;
}
