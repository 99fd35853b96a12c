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
}
