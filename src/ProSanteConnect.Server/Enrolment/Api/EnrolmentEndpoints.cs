using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Devices;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Enrolment.Api;

/// <summary>The end of an activation (A10, B8): the phone registers its key, the holder chooses a PIN, and the e-CPS is active.</summary>
internal static class EnrolmentEndpoints
{
    public static async Task<Results<Ok<CeremonyBegun>, ProblemHttpResult>> Begin(
        HttpContext http, PscDb db, DeviceKeys keys, CancellationToken ct)
    {
        if (http.Activation is not { MayEnrol: true, Activation: var activation }) return Problem.TokenInvalid;

        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        return TypedResults.Ok(await keys.BeginEnrolmentAsync(activation, holder, ct));
    }

    /// <summary>
    /// Authenticates the caller itself, because a completed activation is accepted here too: a phone that did not receive the answer
    /// sends the same enrolment again.
    /// </summary>
    public static async Task<Results<Created<Enrolled>, ProblemHttpResult>> Finish(
        Enrolment sent, HttpContext http, Activations activations, ECpsActivation completion, DeviceEnrolment enrolling, ECpsViews views,
        TimeProvider clock, CancellationToken ct)
    {
        var (now, phone) = (clock.GetUtcNow(), http.ClientContext());
        switch (await activations.FindByTokenAsync(http.BearerToken, now, ct))
        {
            case ActivationTokenResult.Found { MayEnrol: true, Activation: var activation }:
                return await AnswerAsync(await enrolling.EnrolAsync(activation, sent, phone, now, ct), views, ct);
            case ActivationTokenResult.Over { Activation: var completed } when !completed.IsPairingToken(http.BearerToken!):
                return await AnswerAsync(await completion.ResumeAsync(completed, IdOf(sent.Credential), sent.Pin, phone, now, ct), views, ct);
            case ActivationTokenResult.Over:
                return Problem.ActivationOver;
            default:
                return Problem.TokenInvalid;
        }
    }

    private static string IdOf(JsonElement credential) =>
        credential.ValueKind == JsonValueKind.Object && credential.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : "";

    private static async Task<Results<Created<Enrolled>, ProblemHttpResult>> AnswerAsync(ActivateResult? result, ECpsViews views, CancellationToken ct) =>
        result switch
        {
            ActivateResult.Activated activated => TypedResults.Created(
                (string?)null,
                new Enrolled(await views.OfAsync(activated.ECps, ct), activated.DeviceToken.Value, activated.ECps.DeviceTokenExpiresAt)),
            ActivateResult.PinMalformed => Problem.PinMalformed,
            ActivateResult.PinTooSimple => Problem.PinTooSimple,
            ActivateResult.Over => Problem.ActivationOver,
            _ => Problem.CredentialRefused,
        };
}

/// <param name="Ceremony">Of <c>POST /enrolment/options</c>.</param>
/// <param name="Credential">The new key (<c>RegistrationResponseJSON</c>).</param>
/// <param name="Pin">The PIN that the holder chose, digits.</param>
/// <param name="DeviceName">The phone in its owner's words, at most 60 characters.</param>
/// <param name="OperatingSystem">For example <c>Android 16</c>.</param>
/// <param name="AppVersion">The version of the app.</param>
/// <param name="ConditionsVersion">The version of the conditions of use that the holder accepted.</param>
internal sealed record Enrolment(
    Guid Ceremony, JsonElement Credential, string? Pin, string? DeviceName, string? OperatingSystem, string? AppVersion, string? ConditionsVersion);

/// <param name="ECps">The e-CPS, active.</param>
/// <param name="DeviceToken">The token that identifies the phone from now on; returned once.</param>
/// <param name="DeviceTokenExpiresAt">When the token expires, unless it is rotated before.</param>
internal sealed record Enrolled(ECpsView ECps, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt);

/// <summary>Registers the key of the phone and the PIN of the holder.</summary>
internal sealed class DeviceEnrolment(PscDb db, ECpsActivation completion, DeviceKeys keys)
{
    private const int NameLength = 60;
    private const int VersionLength = 40;

    /// <summary>Activates the e-CPS; null when the key does not verify.</summary>
    public async Task<ActivateResult?> EnrolAsync(Activation activation, Enrolment sent, ClientContext phone, DateTimeOffset now, CancellationToken ct)
    {
        // The PIN is checked first: after a refused PIN, the phone sends the same key again.
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        switch (completion.CheckPin(activation, holder, sent.Pin))
        {
            case PinPolicyResult.Malformed: return new ActivateResult.PinMalformed();
            case PinPolicyResult.TooSimple: return new ActivateResult.PinTooSimple();
        }

        if (await keys.FinishEnrolmentAsync(activation, sent.Ceremony, sent.Credential, ct) is not { } key) return null;

        var device = key with
        {
            DeviceName = PlainText.Of(sent.DeviceName, NameLength) is { Length: > 0 } name ? name : DeviceTexts.UnnamedPhone,
            OperatingSystem = PlainText.Of(sent.OperatingSystem, NameLength),
            AppVersion = PlainText.Of(sent.AppVersion, VersionLength),
            ConditionsVersion = PlainText.Of(sent.ConditionsVersion, VersionLength),
        };
        return await completion.ActivateAsync(activation, device, sent.Pin, phone, now, ct);
    }
}
