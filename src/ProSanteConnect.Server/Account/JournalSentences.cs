using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Account;

/// <summary>An entry of the journal in the words of the practitioner whom it concerns.</summary>
internal static class JournalSentences
{
    public static string Of(JournalEntry entry, string? application) => entry.Event switch
    {
        JournalEvent.CardPresented when entry.Outcome == JournalOutcome.Success => AccountTexts.EventCardAccepted,
        JournalEvent.CardPresented => Sentence.Of(AccountTexts.EventCardRefused, ReasonOf(entry.Detail)),
        JournalEvent.SignInCancelled => AccountTexts.EventSignInCancelled,
        JournalEvent.SessionOpened => entry.Detail == "mobile" ? AccountTexts.EventSessionOpenedMobile : AccountTexts.EventSessionOpenedCard,
        JournalEvent.SessionEnded => EndOf(entry.Detail),
        JournalEvent.CodeIssued => Sentence.Of(AccountTexts.EventApplicationOpened, Name(application)),
        JournalEvent.CodeReplayed or JournalEvent.RefreshTokenReplayed => Sentence.Of(AccountTexts.EventAccessStopped, Name(application)),
        JournalEvent.TokenRevoked => Sentence.Of(AccountTexts.EventAccessWithdrawn, Name(application)),
        JournalEvent.RateLimitExceeded => AccountTexts.EventRateLimited,
        _ => AccountTexts.EventOther,
    };

    private static string Name(string? application) => application ?? AccountTexts.AnApplication;

    private static string EndOf(string detail) => Enum.TryParse<SessionEndReason>(detail, out var reason)
        ? reason switch
        {
            SessionEndReason.SignedOutEverywhere => AccountTexts.EventSignedOutEverywhere,
            SessionEndReason.Replaced => AccountTexts.EventSessionReplaced,
            SessionEndReason.CardRevoked => AccountTexts.EventSessionCardRevoked,
            SessionEndReason.EndedByOperator => AccountTexts.EventSessionEndedByOperator,
            _ => AccountTexts.EventSignedOut,
        }
        : AccountTexts.EventSignedOut;

    // The detail is the reason's code; behind a slash stands which check failed, which is the operator's matter.
    private static string ReasonOf(string detail) => detail.Split('/')[0] switch
    {
        "card-expired" => AccountTexts.ReasonCardExpired,
        "card-not-yet-valid" => AccountTexts.ReasonCardNotYetValid,
        "card-revoked" => AccountTexts.ReasonCardRevoked,
        "card-wrong-certificate" => AccountTexts.ReasonWrongCertificate,
        "card-unknown" => AccountTexts.ReasonCardUnknown,
        "card-test-refused" => AccountTexts.ReasonTestCard,
        "card-not-in-directory" => AccountTexts.ReasonNotInDirectory,
        "card-revocation-unknown" => AccountTexts.ReasonRevocationUnknown,
        _ => AccountTexts.ReasonOther,
    };
}
