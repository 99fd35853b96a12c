using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Account;

namespace ProSanteConnect.Server.Shared.Text;

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
        JournalEvent.ActivationOpened => entry.Detail == nameof(ActivationMode.Card)
            ? AccountTexts.EventActivationOpenedCard
            : AccountTexts.EventActivationOpenedContact,
        JournalEvent.ActivationRefused => AccountTexts.EventActivationRefused,
        JournalEvent.ActivationScanned => AccountTexts.EventActivationScanned,
        JournalEvent.ActivationCodeSent => AccountTexts.EventActivationCodeSent,
        JournalEvent.ActivationCodeRefused => AccountTexts.EventActivationCodeRefused,
        JournalEvent.ActivationConfirmed => AccountTexts.EventActivationConfirmed,
        JournalEvent.ActivationCancelled when entry.Outcome == JournalOutcome.Refused => AccountTexts.EventActivationNoTryLeft,
        JournalEvent.ActivationCancelled => AccountTexts.EventActivationCancelled,
        JournalEvent.ECpsActivated => AccountTexts.EventECpsActivated,
        JournalEvent.ECpsDeactivated => DeactivationOf(entry.Detail),
        JournalEvent.ECpsRenewed => AccountTexts.EventECpsRenewed,
        JournalEvent.ECpsReminded => AccountTexts.EventECpsReminded,
        JournalEvent.PinRefused => AccountTexts.EventPinRefused,
        JournalEvent.ApprovalAsked when entry.Outcome == JournalOutcome.Refused => DecoyOf(entry.Detail),
        JournalEvent.ApprovalAsked => Sentence.Of(AccountTexts.EventApprovalAsked, Asker(entry, application)),
        JournalEvent.ApprovalApproved => Sentence.Of(AccountTexts.EventApprovalApproved, Asker(entry, application)),
        JournalEvent.ApprovalDenied when entry.Detail == "not-me" => AccountTexts.EventApprovalNotMe,
        JournalEvent.ApprovalDenied => Sentence.Of(AccountTexts.EventApprovalDenied, Asker(entry, application)),
        JournalEvent.ApprovalNumberRefused => AccountTexts.EventApprovalNumberRefused,
        JournalEvent.ApprovalCancelled => AccountTexts.EventApprovalCancelled,
        JournalEvent.RppsSearched => AccountTexts.EventRppsSearched,
        JournalEvent.SignInRepudiated => AccountTexts.EventSignInRepudiated,
        _ => AccountTexts.EventOther,
    };

    private static string Name(string? application) => application ?? AccountTexts.AnApplication;

    private static string Asker(JournalEntry entry, string? application) => entry.ClientId is null ? AccountTexts.ThePortal : Name(application);

    private static string DeactivationOf(string detail) => detail switch
    {
        nameof(DeactivationReason.Deleted) => AccountTexts.EventECpsDeleted,
        nameof(DeactivationReason.ForgottenPin) => AccountTexts.EventECpsForgottenPin,
        nameof(DeactivationReason.Replaced) => AccountTexts.EventECpsReplaced,
        nameof(DeactivationReason.Blocked) => AccountTexts.EventECpsBlocked,
        nameof(DeactivationReason.Delisted) => AccountTexts.EventECpsDelisted,
        nameof(DeactivationReason.Operator) => AccountTexts.EventECpsOperator,
        nameof(DeactivationReason.Expired) => AccountTexts.EventECpsExpired,
        _ => AccountTexts.EventECpsDeactivated,
    };

    private static string DecoyOf(string detail) => detail switch
    {
        nameof(DecoyReason.Limited) => AccountTexts.EventApprovalLimited,
        nameof(DecoyReason.Frozen) => AccountTexts.EventApprovalFrozen,
        _ => AccountTexts.EventApprovalNoECps,
    };

    private static string EndOf(string detail) => Enum.TryParse<SessionEndReason>(detail, out var reason)
        ? reason switch
        {
            SessionEndReason.SignedOutEverywhere => AccountTexts.EventSignedOutEverywhere,
            SessionEndReason.Replaced => AccountTexts.EventSessionReplaced,
            SessionEndReason.CardRevoked => AccountTexts.EventSessionCardRevoked,
            SessionEndReason.EndedByOperator => AccountTexts.EventSessionEndedByOperator,
            SessionEndReason.ECpsDeactivated => AccountTexts.EventSessionECpsDeactivated,
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

/// <summary>
/// The latest events that concern a practitioner, the newest first, without what a stranger asked for in vain: nobody pushes the
/// others off the page by asking again and again.
/// </summary>
internal static class PractitionerJournal
{
    public const int Length = 30;

    public static Task<List<JournalEntry>> LatestAsync(PscDb db, long practitionerId, CancellationToken ct) => db.Journal.AsNoTracking()
        .Where(entry => entry.PractitionerId == practitionerId)
        .Where(entry => entry.Outcome != JournalOutcome.Refused
            || (entry.Event != JournalEvent.ApprovalAsked && entry.Event != JournalEvent.ActivationRefused))
        .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
        .Take(Length)
        .ToListAsync(ct);
}
