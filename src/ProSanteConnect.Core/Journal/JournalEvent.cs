namespace ProSanteConnect.Core.Journal;

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
    SignInDisowned,
}
