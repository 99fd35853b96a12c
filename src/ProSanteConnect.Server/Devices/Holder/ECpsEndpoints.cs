using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>Endpoints for the holder's own e-CPS: show, renew, deactivate (steps S1 and S2).</summary>
internal static class ECpsEndpoints
{
    private static readonly CeremonyPurpose[] Endings = [CeremonyPurpose.Delete, CeremonyPurpose.ForgottenPin];

    public static async Task<Ok<ECpsView>> Show(HttpContext http, ECpsViews views, CancellationToken ct) =>
        TypedResults.Ok(await views.OfAsync(http.ECps, ct));

    public static async Task<Results<Ok<DeviceTokenView>, ProblemHttpResult>> RotateDeviceToken(
        HttpContext http, DeviceTokens tokens, TimeProvider clock, CancellationToken ct) =>
        await tokens.RotateAsync(http.BearerToken!, clock.GetUtcNow(), ct) switch
        {
            RotateDeviceTokenResult.Rotated rotated => TypedResults.Ok(new DeviceTokenView(rotated.Token.Value, rotated.ExpiresAt)),
            RotateDeviceTokenResult.Inactive inactive => Problem.ECpsInactive(inactive.Reason, inactive.Since),
            _ => Problem.TokenInvalid,
        };

    public static async Task<Results<Ok<CeremonyBegun>, ProblemHttpResult>> Challenge(
        ActionAsked asked, HttpContext http, DeviceKeys keys, CancellationToken ct)
    {
        CeremonyPurpose? purpose = asked.Action switch
        {
            "delete" => CeremonyPurpose.Delete,
            "forgotten-pin" => CeremonyPurpose.ForgottenPin,
            "renew" => CeremonyPurpose.Renew,
            "lift-freeze" => CeremonyPurpose.LiftFreeze,
            _ => null,
        };
        return purpose is null
            ? Problem.ActionUnknown
            : TypedResults.Ok(await keys.BeginAsync(http.ECps, purpose.Value, "", [], ct));
    }

    /// <summary>The reason is the action that the challenge was made for, not what the call claims.</summary>
    public static async Task<Results<Ok<InactiveView>, ProblemHttpResult>> Deactivate(
        Signed sent, HttpContext http, ECpsDeactivation deactivation, DeviceKeys keys, TimeProvider clock, CancellationToken ct)
    {
        if (await keys.FinishAsync(http.ECps, sent.Ceremony, sent.Assertion, Endings, ct) is not { } signed) return Problem.AssertionRefused;

        var reason = signed.Purpose == CeremonyPurpose.Delete ? DeactivationReason.Deleted : DeactivationReason.ForgottenPin;
        return await deactivation.DeactivateAsync(http.ECps.Id, reason, http.ClientContext(), actor: null, clock.GetUtcNow(), ct) switch
        {
            DeactivateResult.Deactivated done => TypedResults.Ok(new InactiveView(done.Reason.Code(), done.Since)),
            DeactivateResult.AlreadyInactive before => Problem.ECpsInactive(before.Reason, before.Since),
            _ => Problem.TokenInvalid,
        };
    }

    public static async Task<Results<Ok<ECpsView>, ProblemHttpResult>> Renew(
        SignedWithPin sent, HttpContext http, ECpsRenewal renewal, ECpsPins pins, ECpsOptions options, DeviceKeys keys, ECpsViews views,
        TimeProvider clock, CancellationToken ct)
    {
        var (eCps, now) = (http.ECps, clock.GetUtcNow());
        if (!renewal.IsRenewableAt(eCps, now)) return Problem.TooEarly(eCps.ExpiresAt - options.RenewalWindow);
        if (!eCps.MayHavePin(sent.Pin)) return Problem.PinMalformed;
        if (await keys.FinishAsync(eCps, sent.Ceremony, sent.Assertion, [CeremonyPurpose.Renew], ct) is null) return Problem.AssertionRefused;

        switch (await pins.VerifyAsync(eCps, sent.Pin, http.ClientContext(), now, ct))
        {
            case VerifyPinResult.Wrong wrong: return Problem.PinWrong(wrong.AttemptsLeft);
            case VerifyPinResult.Inactive inactive: return Problem.ECpsInactive(inactive.Reason, inactive.Since);
        }

        return await renewal.RenewAsync(eCps, http.ClientContext(), now, ct) switch
        {
            RenewResult.Renewed renewed => TypedResults.Ok(await views.OfAsync(renewed.ECps, ct)),
            RenewResult.TooEarly early => Problem.TooEarly(early.RenewableFrom),
            RenewResult.Inactive inactive => Problem.ECpsInactive(inactive.Reason, inactive.Since),
            _ => Problem.TokenInvalid,
        };
    }

    /// <summary>Takes what an approval takes, PIN and signature: whoever lifts the freeze can be asked again.</summary>
    public static async Task<Results<Ok<ECpsView>, ProblemHttpResult>> LiftFreeze(
        SignedWithPin sent, HttpContext http, ECpsPins pins, ApprovalFreezes freezes, DeviceKeys keys, ECpsViews views, TimeProvider clock,
        CancellationToken ct)
    {
        var (eCps, now) = (http.ECps, clock.GetUtcNow());
        if (!eCps.MayHavePin(sent.Pin)) return Problem.PinMalformed;
        if (await keys.FinishAsync(eCps, sent.Ceremony, sent.Assertion, [CeremonyPurpose.LiftFreeze], ct) is null) return Problem.AssertionRefused;

        switch (await pins.VerifyAsync(eCps, sent.Pin, http.ClientContext(), now, ct))
        {
            case VerifyPinResult.Wrong wrong: return Problem.PinWrong(wrong.AttemptsLeft);
            case VerifyPinResult.Inactive inactive: return Problem.ECpsInactive(inactive.Reason, inactive.Since);
        }

        // When the freeze has ended meanwhile, there is nothing left to do.
        await freezes.LiftAsync(eCps.PractitionerId, http.ClientContext(), now, ct);
        return TypedResults.Ok(await views.OfAsync(eCps, ct));
    }
}

internal sealed record DeviceTokenView(string DeviceToken, DateTimeOffset DeviceTokenExpiresAt);

/// <param name="Action"><c>delete</c>, <c>forgotten-pin</c>, <c>renew</c> or <c>lift-freeze</c>.</param>
internal sealed record ActionAsked(string? Action);

/// <param name="Ceremony">Of the challenge.</param>
/// <param name="Assertion">What the phone signed (<c>AuthenticationResponseJSON</c>).</param>
internal sealed record Signed(Guid Ceremony, JsonElement Assertion);

/// <param name="Ceremony">Of the challenge.</param>
/// <param name="Assertion">What the phone signed (<c>AuthenticationResponseJSON</c>).</param>
/// <param name="Pin">The PIN, digits.</param>
internal sealed record SignedWithPin(Guid Ceremony, JsonElement Assertion, string? Pin);

/// <summary>Shows an e-CPS with what the directory says of its holder.</summary>
internal sealed class ECpsViews(PscDb db, ECpsRenewal renewal, ApprovalFreezes freezes, ECpsOptions options, TimeProvider clock)
{
    public async Task<ECpsView> OfAsync(ECps eCps, CancellationToken ct)
    {
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == eCps.PractitionerId, ct);
        return new ECpsView
        {
            Id = eCps.Id,
            Holder = holder.FullName,
            NationalId = eCps.NationalId,
            Profession = holder.Practices is [{ ProfessionCode.Length: > 0 } practice, ..] ? DirectoryFacts.TitleOf(practice) : null,
            ActivatedAt = eCps.ActivatedAt,
            ExpiresAt = eCps.ExpiresAt,
            Renewable = renewal.IsRenewableAt(eCps, clock.GetUtcNow()),
            Mode = eCps.Mode.Code(),
            DeviceName = eCps.DeviceName,
            PinLength = eCps.PinLength,
            AttemptsLeft = Math.Max(options.PinTries - eCps.PinFailures, 1),
            Push = eCps.PushEndpoint is not null,
            FrozenUntil = await freezes.UntilAsync(eCps.PractitionerId, clock.GetUtcNow(), ct),
        };
    }
}

/// <summary>An active e-CPS as its phone sees it.</summary>
internal sealed record ECpsView
{
    public required Guid Id { get; init; }

    /// <summary>Always <c>active</c>: for an inactive e-CPS the API answers 410, and the stream sends <c>{"state":"inactive",…}</c>.</summary>
    public string State { get; } = "active";

    public required string Holder { get; init; }
    public required string NationalId { get; init; }
    public string? Profession { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether <c>POST /e-cps/renew</c> would be accepted now.</summary>
    public required bool Renewable { get; init; }

    /// <summary><c>card</c> or <c>contact_details</c>.</summary>
    public required string Mode { get; init; }

    public required string DeviceName { get; init; }
    public required int PinLength { get; init; }

    /// <summary>How many wrong PINs in a row are left before the e-CPS becomes inactive.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>Whether a push subscription is kept.</summary>
    public required bool Push { get; init; }

    /// <summary>Until when requests of unknown browsers are stopped, after "ce n'est pas moi"; absent when they are not.</summary>
    public DateTimeOffset? FrozenUntil { get; init; }
}

/// <summary>An inactive e-CPS: reason and time of deactivation.</summary>
/// <param name="Reason">The code of the problem <c>e-cps-inactive</c>.</param>
/// <param name="Since">Since when.</param>
internal sealed record InactiveView(string Reason, DateTimeOffset Since)
{
    public string State { get; } = "inactive";
}
