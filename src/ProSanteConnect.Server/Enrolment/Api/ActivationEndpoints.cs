using System.Diagnostics;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Enrolment.Api;

/// <summary>The state of an activation, and its SMS (B6), for the phone that has redeemed the QR code.</summary>
internal static class ActivationEndpoints
{
    public static async Task<Ok<ActivationView>> Show(
        HttpContext http, PscDb db, ActivationOptions options, ECpsOptions eCpsOptions, TimeProvider clock, CancellationToken ct)
    {
        var activation = http.Activation.Activation;
        var holder = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == activation.PractitionerId, ct);
        var present = await db.ECps.FindLatestAsync(activation.PractitionerId, ct);
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
        var result = await activations.SendCodeAsync(http.Activation.Activation, http.ClientContext(), clock.GetUtcNow(), ct);
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

    /// <summary>When the current code of six digits expires; null when there is none.</summary>
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

/// <summary>Recognises an activation by its pairing or enrolment token.</summary>
internal sealed class ActivationTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Activations activations, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ecps-activation";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var found = await activations.FindByTokenAsync(Context.BearerToken, clock.GetUtcNow(), Context.RequestAborted);
        Context.Features.Set(found);
        return found is ActivationTokenResult.Found
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Name)), Name))
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<ActivationTokenResult>() is ActivationTokenResult.Over) return Problem.ActivationOver.ExecuteAsync(Context);

        Response.Headers.WWWAuthenticate = BearerChallenge.For(Context.BearerToken);
        return Problem.TokenInvalid.ExecuteAsync(Context);
    }
}

/// <summary>The activation of the phone that calls the API.</summary>
internal static class CallersActivation
{
    extension(HttpContext http)
    {
        /// <summary>The activation that the token of the request belongs to, and whether that token is an enrolment token.</summary>
        /// <exception cref="InvalidOperationException">The endpoint does not require a token of an activation.</exception>
        public ActivationTokenResult.Found Activation => http.Features.Get<ActivationTokenResult>() as ActivationTokenResult.Found
            ?? throw new InvalidOperationException("No activation was authenticated: the endpoint does not require a pairing or enrolment token.");
    }
}

internal static class ActivationStatusCodes
{
    /// <summary>The code in the API; its meaning never changes.</summary>
    public static string Code(this ActivationStatus status) => status switch
    {
        ActivationStatus.Opened => "opened",
        ActivationStatus.Scanned => "scanned",
        ActivationStatus.Confirmed => "confirmed",
        ActivationStatus.Completed => "completed",
        ActivationStatus.Cancelled => "cancelled",
        _ => throw new UnreachableException($"Status {status}"),
    };
}
