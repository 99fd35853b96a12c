using System.Diagnostics;

namespace ProSanteConnect.Core.Devices;

/// <summary>
/// One question to a holder's phone: "is this you, in front of the screen that shows this number?" Behind it stands a sign-in
/// request. A decoy, asked for somebody who cannot be asked, has no holder, and looks on the computer like any other.
/// </summary>
public sealed class ApprovalRequest
{
    public required Guid Id { get; init; }

    /// <summary>The sign-in that waits; null when a relying party asks by itself (CIBA).</summary>
    public Guid? SignInRequestId { get; init; }

    /// <summary>The relying party that asks, or null for the portal.</summary>
    public string? ClientId { get; init; }

    /// <summary>The holder; null for a decoy.</summary>
    public long? PractitionerId { get; init; }

    /// <summary>The e-CPS that is asked; null for a decoy.</summary>
    public Guid? ECpsId { get; init; }

    /// <summary>The two digits on the computer's screen, which are typed on the phone.</summary>
    public required string Number { get; init; }

    /// <summary>The browser on the computer, in words.</summary>
    public string Browser { get; init; } = "";

    public string IpAddress { get; init; } = "";
    public byte[]? UserAgentHash { get; init; }

    /// <summary>Whether the holder signed in with that browser before.</summary>
    public bool KnownBrowser { get; init; }

    /// <summary>The origin that the phone's answer commits to.</summary>
    public required string Origin { get; init; }

    public ApprovalStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the status was last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public bool IsDecoy => PractitionerId is null;

    public ApprovalOutcome OutcomeAt(DateTimeOffset now) => ApprovalLifeCycle.OutcomeAt(Status, ChangedAt, ExpiresAt, now);
}

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

/// <summary>Why nobody was asked, for the journal alone: the computer shows the same as ever.</summary>
public enum DecoyReason
{
    UnknownHolder,
    NoActiveECps,
    Frozen,
    Limited,
}

/// <summary>Until when browsers that a holder does not know reach no phone of theirs. Cards and known browsers are not concerned.</summary>
public sealed class ApprovalFreeze
{
    public required long PractitionerId { get; init; }
    public required DateTimeOffset Until { get; init; }
}
