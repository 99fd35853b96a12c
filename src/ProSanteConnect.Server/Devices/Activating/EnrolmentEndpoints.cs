using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Holding;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>The end of an activation (A10, B8): the phone registers its key, the holder chooses a PIN, and the e-CPS is active.</summary>
internal static class EnrolmentEndpoints
{
    private const int DeviceNameLength = 60;
    private const int VersionLength = 40;

    public static async Task<Results<Ok<CeremonyBegun>, ProblemHttpResult>> Begin(
        HttpContext http, PscDb db, DeviceKeys keys, CancellationToken ct)
    {
        if (http.Activation is not { MayEnrol: true, Activation: var activation }) return Problem.TokenInvalid;

        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        return TypedResults.Ok(await keys.BeginEnrolmentAsync(activation, holder, ct));
    }

    public static async Task<Results<Created<Enrolled>, ProblemHttpResult>> Finish(
        Enrolment sent, HttpContext http, PscDb db, ECpsRegister register, DeviceKeys keys, ECpsViews views, TimeProvider clock, CancellationToken ct)
    {
        if (http.Activation is not { MayEnrol: true, Activation: var activation }) return Problem.TokenInvalid;

        // The PIN comes first: who must choose another keeps the key that the phone has made.
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        switch (register.CheckPin(activation, holder, sent.Pin))
        {
            case PinPolicyResult.Malformed: return Problem.PinMalformed;
            case PinPolicyResult.TooSimple: return Problem.PinTooSimple;
        }

        if (await keys.FinishEnrolmentAsync(activation, sent.Ceremony, sent.Credential, ct) is not { } key) return Problem.CredentialRefused;

        var device = key with
        {
            DeviceName = PlainText.Of(sent.DeviceName, DeviceNameLength) is { Length: > 0 } name ? name : DeviceTexts.UnnamedPhone,
            OperatingSystem = PlainText.Of(sent.OperatingSystem, DeviceNameLength),
            AppVersion = PlainText.Of(sent.AppVersion, VersionLength),
            ConditionsVersion = PlainText.Of(sent.ConditionsVersion, VersionLength),
        };
        return await register.ActivateAsync(activation, device, sent.Pin, http.Origin(), clock.GetUtcNow(), ct) switch
        {
            ActivateResult.Activated activated => TypedResults.Created(
                (string?)null,
                new Enrolled(await views.OfAsync(activated.ECps, ct), activated.DeviceToken.Value, activated.ECps.DeviceTokenExpiresAt)),
            ActivateResult.PinMalformed => Problem.PinMalformed,
            ActivateResult.PinTooSimple => Problem.PinTooSimple,
            _ => Problem.ActivationOver,
        };
    }
}

/// <param name="Ceremony">Of <c>POST /enrolment/options</c>.</param>
/// <param name="Credential">What the phone made (<c>RegistrationResponseJSON</c>).</param>
/// <param name="Pin">The PIN that the holder chose, digits.</param>
/// <param name="DeviceName">The phone in its owner's words, at most 60 characters.</param>
/// <param name="OperatingSystem">For example <c>Android 16</c>.</param>
/// <param name="AppVersion">The version of the app.</param>
/// <param name="ConditionsVersion">The version of the conditions of use that the holder accepted.</param>
internal sealed record Enrolment(
    Guid Ceremony, JsonElement Credential, string? Pin, string? DeviceName, string? OperatingSystem, string? AppVersion, string? ConditionsVersion);

/// <param name="ECps">The e-CPS, active.</param>
/// <param name="DeviceToken">By which the phone is recognised from now on; told once.</param>
/// <param name="DeviceTokenExpiresAt">Until when, unless it is rotated before.</param>
internal sealed record Enrolled(ECpsView ECps, string DeviceToken, DateTimeOffset DeviceTokenExpiresAt);
