using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>An entry of the journal as a sentence for the practitioner whom it concerns.</summary>
internal static class JournalSentences
{
    public static string Of(JournalEntry entry, string? application) => entry.Event switch
    {
        JournalEvent.CardPresented when entry.Outcome == JournalOutcome.Success => JournalTexts.EventCardAccepted,
        JournalEvent.CardPresented => Sentence.Of(JournalTexts.EventCardRefused, ReasonOf(entry.Detail)),
        JournalEvent.SignInCancelled => JournalTexts.EventSignInCancelled,
        JournalEvent.SessionOpened => entry.Detail == "mobile" ? JournalTexts.EventSessionOpenedMobile : JournalTexts.EventSessionOpenedCard,
        JournalEvent.SessionEnded => EndOf(entry.Detail),
        JournalEvent.CodeIssued => Sentence.Of(JournalTexts.EventApplicationOpened, Name(application)),
        JournalEvent.CodeReplayed or JournalEvent.RefreshTokenReplayed => Sentence.Of(JournalTexts.EventAccessStopped, Name(application)),
        JournalEvent.TokenRevoked => Sentence.Of(JournalTexts.EventAccessWithdrawn, Name(application)),
        JournalEvent.RateLimitExceeded => JournalTexts.EventRateLimited,
        JournalEvent.ActivationOpened => entry.Detail == nameof(ActivationMode.Card)
            ? JournalTexts.EventActivationOpenedCard
            : JournalTexts.EventActivationOpenedContact,
        JournalEvent.ActivationRefused => JournalTexts.EventActivationRefused,
        JournalEvent.ActivationScanned => JournalTexts.EventActivationScanned,
        JournalEvent.ActivationCodeSent => JournalTexts.EventActivationCodeSent,
        JournalEvent.ActivationCodeRefused => JournalTexts.EventActivationCodeRefused,
        JournalEvent.ActivationConfirmed => JournalTexts.EventActivationConfirmed,
        JournalEvent.ActivationCancelled when entry.Outcome == JournalOutcome.Refused => JournalTexts.EventActivationNoTryLeft,
        JournalEvent.ActivationCancelled => JournalTexts.EventActivationCancelled,
        JournalEvent.ECpsActivated => JournalTexts.EventECpsActivated,
        JournalEvent.ECpsDeactivated => DeactivationOf(entry.Detail),
        JournalEvent.ECpsRenewed => JournalTexts.EventECpsRenewed,
        JournalEvent.ECpsReminded => JournalTexts.EventECpsReminded,
        JournalEvent.PinRefused => JournalTexts.EventPinRefused,
        JournalEvent.ApprovalAsked when entry.Outcome == JournalOutcome.Refused => DecoyOf(entry.Detail),
        JournalEvent.ApprovalAsked => Sentence.Of(JournalTexts.EventApprovalAsked, Asker(entry, application)),
        JournalEvent.ApprovalApproved => Sentence.Of(JournalTexts.EventApprovalApproved, Asker(entry, application)),
        JournalEvent.ApprovalDenied when entry.Detail == "not-me" => JournalTexts.EventApprovalNotMe,
        JournalEvent.ApprovalDenied => Sentence.Of(JournalTexts.EventApprovalDenied, Asker(entry, application)),
        JournalEvent.ApprovalNumberRefused => JournalTexts.EventApprovalNumberRefused,
        JournalEvent.ApprovalCancelled => JournalTexts.EventApprovalCancelled,
        JournalEvent.RppsSearched => JournalTexts.EventRppsSearched,
        JournalEvent.SignInRepudiated => JournalTexts.EventSignInRepudiated,
        JournalEvent.ApprovalFreezeLifted => JournalTexts.EventApprovalFreezeLifted,
        _ => JournalTexts.EventOther,
    };

    private static string Name(string? application) => application ?? JournalTexts.AnApplication;

    private static string Asker(JournalEntry entry, string? application) => entry.ClientId is null ? JournalTexts.ThePortal : Name(application);

    private static string DeactivationOf(string detail) => detail switch
    {
        nameof(DeactivationReason.Deleted) => JournalTexts.EventECpsDeleted,
        nameof(DeactivationReason.ForgottenPin) => JournalTexts.EventECpsForgottenPin,
        nameof(DeactivationReason.Replaced) => JournalTexts.EventECpsReplaced,
        nameof(DeactivationReason.Blocked) => JournalTexts.EventECpsBlocked,
        nameof(DeactivationReason.Delisted) => JournalTexts.EventECpsDelisted,
        nameof(DeactivationReason.Operator) => JournalTexts.EventECpsOperator,
        nameof(DeactivationReason.Expired) => JournalTexts.EventECpsExpired,
        _ => JournalTexts.EventECpsDeactivated,
    };

    private static string DecoyOf(string detail) => detail switch
    {
        nameof(DecoyReason.Limited) => JournalTexts.EventApprovalLimited,
        nameof(DecoyReason.Frozen) => JournalTexts.EventApprovalFrozen,
        _ => JournalTexts.EventApprovalNoECps,
    };

    private static string EndOf(string detail) => Enum.TryParse<SessionEndReason>(detail, out var reason)
        ? reason switch
        {
            SessionEndReason.SignedOutEverywhere => JournalTexts.EventSignedOutEverywhere,
            SessionEndReason.Replaced => JournalTexts.EventSessionReplaced,
            SessionEndReason.CardRevoked => JournalTexts.EventSessionCardRevoked,
            SessionEndReason.EndedByOperator => JournalTexts.EventSessionEndedByOperator,
            SessionEndReason.ECpsDeactivated => JournalTexts.EventSessionECpsDeactivated,
            _ => JournalTexts.EventSignedOut,
        }
        : JournalTexts.EventSignedOut;

    // The detail is the code of the reason; after a slash, it names the failed check, which is for operators.
    private static string ReasonOf(string detail) => detail.Split('/')[0] switch
    {
        "card-expired" => JournalTexts.ReasonCardExpired,
        "card-not-yet-valid" => JournalTexts.ReasonCardNotYetValid,
        "card-revoked" => JournalTexts.ReasonCardRevoked,
        "card-wrong-certificate" => JournalTexts.ReasonWrongCertificate,
        "card-unknown" => JournalTexts.ReasonCardUnknown,
        "card-test-refused" => JournalTexts.ReasonTestCard,
        "card-not-in-directory" => JournalTexts.ReasonNotInDirectory,
        "card-revocation-unknown" => JournalTexts.ReasonRevocationUnknown,
        _ => JournalTexts.ReasonOther,
    };
}

/// <summary>
/// The latest events of a practitioner, the newest first, without refused requests of unknown browsers: they could push the
/// other events off the page.
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
