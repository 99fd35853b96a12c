namespace ProSanteConnect.Core.Journal;

/// <summary>One security event: who, what, when, from where and with which outcome. Entries are only ever added.</summary>
public sealed class JournalEntry
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }
    public required JournalEvent Event { get; init; }
    public required JournalOutcome Outcome { get; init; }

    /// <summary>The reason of a refusal or what else distinguishes the event, as a code (for example <c>card-expired</c>).</summary>
    public string Detail { get; init; } = "";

    public long? PractitionerId { get; init; }
    public string? ClientId { get; init; }
    public Guid? SessionId { get; init; }
    public string IpAddress { get; init; } = "";

    /// <summary>The browser in words.</summary>
    public string Browser { get; init; } = "";

    /// <summary>The operator or the job, when no practitioner acted.</summary>
    public string? Actor { get; init; }
}

/// <summary>What the journal tells apart. Stored by name: a name never changes its meaning.</summary>
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

    /// <summary>"Ce n'était pas moi": the holder disowns a sign-in of the history.</summary>
    SignInRepudiated,
}

public enum JournalOutcome
{
    Success,
    Refused,
}
