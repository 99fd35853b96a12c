using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>
/// The refusals of the API (RFC 9457): a code with a fixed meaning, and a sentence for the holder. The
/// catalogue is docs/errors.md.
/// </summary>
internal static class Problem
{
    public static ProblemHttpResult RppsMalformed => Of(400, "rpps-malformed", DeviceTexts.RppsMalformed);

    public static ProblemHttpResult SearchMalformed => Of(400, "search-malformed", DeviceTexts.SearchMalformed);

    public static ProblemHttpResult NumberMalformed => Of(400, "number-malformed", DeviceTexts.NumberMalformed);

    public static ProblemHttpResult ActionUnknown => Of(400, "action-unknown", DeviceTexts.ActionUnknown);

    public static ProblemHttpResult PushMalformed => Of(400, "push-malformed", DeviceTexts.PushMalformed);

    public static ProblemHttpResult TokenInvalid => Of(401, "token-invalid", DeviceTexts.TokenInvalid);

    public static ProblemHttpResult NumberWrong => Of(403, "number-wrong", DeviceTexts.NumberWrong);

    public static ProblemHttpResult AssertionRefused => Of(403, "assertion-refused", DeviceTexts.AssertionRefused);

    public static ProblemHttpResult PractitionerNotFound => Of(404, "practitioner-not-found", DeviceTexts.PractitionerNotFound);

    public static ProblemHttpResult QrCodeUnknown => Of(404, "qr-code-unknown", DeviceTexts.QrCodeUnknown);

    public static ProblemHttpResult RequestUnknown => Of(404, "request-unknown", DeviceTexts.RequestUnknown);

    public static ProblemHttpResult AddressUnknown => Of(404, "address-unknown", DeviceTexts.AddressUnknown);

    public static ProblemHttpResult PushOff => Of(404, "push-off", DeviceTexts.PushOff);

    public static ProblemHttpResult SmsNotOffered => Of(409, "sms-not-offered", DeviceTexts.SmsNotOffered);

    public static ProblemHttpResult QrCodeExpired => Of(410, "qr-code-expired", DeviceTexts.QrCodeExpired);

    public static ProblemHttpResult ActivationOver => Of(410, "activation-over", DeviceTexts.ActivationOver);

    public static ProblemHttpResult PinTooSimple => Of(422, "pin-too-simple", DeviceTexts.PinTooSimple);

    public static ProblemHttpResult PinMalformed => Of(422, "pin-malformed", DeviceTexts.PinMalformed);

    public static ProblemHttpResult CredentialRefused => Of(422, "credential-refused", DeviceTexts.CredentialRefused);

    public static ProblemHttpResult SmsExhausted => Of(429, "sms-exhausted", DeviceTexts.SmsExhausted);

    public static ProblemHttpResult PinWrong(int attemptsLeft) =>
        Of(403, "pin-wrong", Sentence.Of(attemptsLeft == 1 ? DeviceTexts.PinWrongOnce : DeviceTexts.PinWrong, attemptsLeft), ("attemptsLeft", attemptsLeft));

    public static ProblemHttpResult TooEarly(DateTimeOffset renewableFrom) =>
        Of(409, "too-early", Sentence.Of(DeviceTexts.TooEarly, ParisTime.Of(renewableFrom)), ("renewableFrom", renewableFrom));

    public static ProblemHttpResult RequestOver(string outcome) =>
        Of(410, "request-over", DeviceTexts.RequestOver, ("outcome", outcome));

    public static ProblemHttpResult ECpsInactive(DeactivationReason reason, DateTimeOffset since) =>
        Of(410, "e-cps-inactive", DeviceTexts.ECpsInactive, ("reason", reason.Code()), ("since", since));

    public static ProblemHttpResult SmsTooOften(DateTimeOffset resendAt) =>
        Of(429, "sms-too-often", DeviceTexts.SmsTooOften, ("resendAt", resendAt));

    public static ProblemHttpResult TooManyRequests(TimeSpan retryAfter) =>
        Of(429, "too-many-requests", Sentence.Of(DeviceTexts.TooManyRequests, Math.Max(1, (int)Math.Ceiling(retryAfter.TotalMinutes))));

    private static ProblemHttpResult Of(int status, string code, string detail, params IEnumerable<(string Name, object? Value)> members) =>
        TypedResults.Problem(
            detail,
            statusCode: status,
            type: ProblemType.Of(code),
            extensions: members.Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
