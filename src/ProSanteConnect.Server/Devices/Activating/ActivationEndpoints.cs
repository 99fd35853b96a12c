using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>Where an activation stands, and its SMS (B6), for the phone that has presented the QR code.</summary>
internal static class ActivationEndpoints
{
    public static async Task<Ok<ActivationView>> Show(
        HttpContext http, PscDb db, ECpsRegister register, ActivationOptions options, ECpsOptions eCpsOptions, TimeProvider clock, CancellationToken ct)
    {
        var activation = http.Activation.Activation;
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        var present = await register.FindLatestAsync(activation.PractitionerId, ct);
        var isBySms = activation.Mode == ActivationMode.ContactDetails;
        var isScanned = activation.Status == ActivationStatus.Scanned;
        return TypedResults.Ok(new ActivationView
        {
            Mode = activation.Mode.Code(),
            Status = activation.Status.Code(),
            CodeExpiresAt = isScanned ? activation.CodeExpiresAt : null,
            AttemptsLeft = isScanned ? options.CodeTries - activation.CodeTries : null,
            CodeSendsLeft = isBySms ? options.CodeSends - activation.CodeSends : null,
            ResendAt = isBySms ? activation.CodeSentAt + options.CodeSendInterval : null,
            MaskedPhone = isBySms && PhoneNumber.TryParse(holder.ContactPhone, out var phone) ? phone.Masked : null,
            Holder = holder.FullName,
            ExpiresAt = activation.ExpiresAt,
            PinLength = eCpsOptions.PinLength,
            Replaces = present?.IsActiveAt(clock.GetUtcNow()) == true ? present.DeviceName : null,
        });
    }

    public static async Task<Results<Accepted<SmsSent>, ProblemHttpResult>> SendSms(
        HttpContext http, Activations activations, TimeProvider clock, CancellationToken ct)
    {
        var result = await activations.SendCodeAsync(http.Activation.Activation, http.Origin(), clock.GetUtcNow(), ct);
        return result switch
        {
            SendCodeResult.Sent sent when PhoneNumber.TryParse(sent.Phone, out var phone) => TypedResults.Accepted(
                (string?)null, new SmsSent(phone.Masked, sent.CodeExpiresAt, sent.ResendAt, sent.SendsLeft)),
            SendCodeResult.NotOffered => Problem.SmsNotOffered,
            SendCodeResult.TooSoon soon => Problem.SmsTooOften(soon.ResendAt),
            SendCodeResult.Exhausted => Problem.SmsExhausted,
            _ => Problem.ActivationOver,
        };
    }
}

/// <summary>An activation as its phone sees it.</summary>
internal sealed record ActivationView
{
    /// <summary><c>card</c> or <c>contact_details</c>.</summary>
    public required string Mode { get; init; }

    /// <summary><c>scanned</c>, <c>confirmed</c>, <c>completed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The end of the present code of six digits; null while none is out.</summary>
    public DateTimeOffset? CodeExpiresAt { get; init; }

    public int? AttemptsLeft { get; init; }

    /// <summary>How many more SMS may be sent; null for a card.</summary>
    public int? CodeSendsLeft { get; init; }

    public DateTimeOffset? ResendAt { get; init; }
    public string? MaskedPhone { get; init; }
    public required string Holder { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required int PinLength { get; init; }

    /// <summary>The phone whose e-CPS ends when this activation is complete.</summary>
    public string? Replaces { get; init; }
}

internal sealed record SmsSent(string MaskedPhone, DateTimeOffset CodeExpiresAt, DateTimeOffset ResendAt, int SendsLeft);
