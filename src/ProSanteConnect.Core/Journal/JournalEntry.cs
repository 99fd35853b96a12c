namespace ProSanteConnect.Core.Journal;

/// <summary>One security event: who, what, when, from where, with which outcome. Entries are never changed.</summary>
public sealed class JournalEntry
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }
    public required JournalEvent Event { get; init; }
    public required JournalOutcome Outcome { get; init; }

    /// <summary>A code that qualifies the event, for example the reason of a refusal (<c>card-expired</c>).</summary>
    public string Detail { get; init; } = "";

    public long? PractitionerId { get; init; }
    public string? ClientId { get; init; }
    public Guid? SessionId { get; init; }
    public string IpAddress { get; init; } = "";

    /// <summary>The browser as text, for example "Firefox sous Windows".</summary>
    public string Browser { get; init; } = "";

    /// <summary>The operator or the job, when the event has no practitioner as its actor.</summary>
    public string? Actor { get; init; }
}

/// <summary>The kinds of events. Stored by name; the meaning of a name never changes.</summary>
public enum JournalEvent
{
    CardPresented,
    SignInCancelled,
    SessionOpened,
    SessionEnded,
    CodeIssued,
    CodeReplayed,
    RefreshTokenReplayed,
    TokenRevoked,
    ClientAuthenticationFailed,
    RateLimitExceeded,
    ClientChanged,
    SigningKeyRotated,
    SigningKeyRetired,
    DirectoryImported,
    ActivationOpened,
    ActivationRefused,
    ActivationScanned,
    ActivationCodeSent,
    ActivationCodeRefused,
    ActivationConfirmed,
    ActivationCancelled,
    ECpsActivated,
    ECpsDeactivated,
    ECpsRenewed,
    ECpsReminded,
    PinRefused,
    ApprovalAsked,
    ApprovalApproved,
    ApprovalDenied,
    ApprovalNumberRefused,
    ApprovalCancelled,
    RppsSearched,

    /// <summary>"Ce n'était pas moi": the holder repudiates a sign-in of the history.</summary>
    SignInRepudiated,

    /// <summary>The holder lets unknown browsers reach the phone again, before the day after "ce n'est pas moi" is over.</summary>
    ApprovalFreezeLifted,
}

public enum JournalOutcome
{
    Success,
    Refused,
}
