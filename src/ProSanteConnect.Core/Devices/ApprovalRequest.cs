using System.Diagnostics;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// A request to a holder's phone to approve a sign-in, by typing the number that the computer shows. A decoy is created when
/// nobody can be asked: it has no holder, and the computer shows it like any other request.
/// </summary>
public sealed class ApprovalRequest
{
    public required Guid Id { get; init; }

    /// <summary>The sign-in request that waits for it; null when a relying party starts the approval (CIBA).</summary>
    public Guid? SignInRequestId { get; init; }

    /// <summary>The relying party, or null for the portal.</summary>
    public string? ClientId { get; init; }

    /// <summary>The holder; null for a decoy.</summary>
    public long? PractitionerId { get; init; }

    /// <summary>The e-CPS that is asked; null for a decoy.</summary>
    public Guid? ECpsId { get; init; }

    /// <summary>The two digits on the computer's screen, which are typed on the phone.</summary>
    public required string Number { get; init; }

    /// <summary>The name of the browser on the computer.</summary>
    public string Browser { get; init; } = "";

    public string IpAddress { get; init; } = "";
    public byte[]? UserAgentHash { get; init; }

    /// <summary>Whether the holder signed in with that browser before.</summary>
    public bool KnownBrowser { get; init; }

    /// <summary>The origin to which the phone's answer is bound.</summary>
    public required string Origin { get; init; }

    public ApprovalStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the status was last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public bool IsDecoy => PractitionerId is null;

    public ApprovalOutcome OutcomeAt(DateTimeOffset now) => ApprovalLifeCycle.OutcomeAt(Status, ChangedAt, ExpiresAt, now);
}

/// <summary>The outcome of an approval request at an instant, for the phone and the waiting page.</summary>
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
    /// <summary>The code of the API, of the waiting page and of the error catalogue; its meaning never changes.</summary>
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

/// <summary>Why a decoy was created. It is recorded in the journal only: the computer shows no difference.</summary>
public enum DecoyReason
{
    UnknownHolder,
    NoActiveECps,
    Frozen,
    Limited,
}

/// <summary>The time until which unknown browsers cannot reach the phone of a holder. Cards and known browsers still can.</summary>
public sealed class ApprovalFreeze
{
    public required long PractitionerId { get; init; }
    public required DateTimeOffset Until { get; init; }
}
