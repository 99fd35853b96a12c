using System.Text.Json;
using System.Text.Json.Serialization;
using OpenIddict.Server;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Telemetry;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Enrolment.Grants;

/// <summary>
/// The two grants of the phone app (design §2): a scanned QR code for a pairing token, and that with its code for an enrolment
/// token. The engine has seen that the client may use them; the answers are RFC 6749's and RFC 8628's, with French descriptions
/// left to the app.
/// </summary>
internal sealed class HandleECpsGrants(Activations activations, ActivationOptions options, PscMetrics metrics, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    private const int DeviceNameLength = 60;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<HandleECpsGrants>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 400)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleTokenRequestContext context) => context.Request.GrantType switch
    {
        ClientGrantTypes.ECpsQrCode => PairAsync(context),
        ClientGrantTypes.ECpsCode => ExchangeAsync(context),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask PairAsync(HandleTokenRequestContext context)
    {
        var (http, now) = (context.Transaction.Http, clock.GetUtcNow());
        var deviceName = PlainText.Of((string?)context.Request["device_name"], DeviceNameLength);
        var result = await activations.ScanAsync((string?)context.Request["qr_code"] ?? "", deviceName, http.ClientContext(), now, http.RequestAborted);
        switch (result)
        {
            case ScanResult.Paired paired:
                await AnswerAsync(context, PairingOf(paired, now));
                break;
            case ScanResult.Expired:
                context.Reject(Errors.ExpiredToken, "The QR code is no longer valid.");
                break;
            default:
                context.Reject(Errors.InvalidGrant, "The QR code is unknown or was used.");
                break;
        }
    }

    private async ValueTask ExchangeAsync(HandleTokenRequestContext context)
    {
        var (http, now) = (context.Transaction.Http, clock.GetUtcNow());
        var result = await activations.ExchangeAsync(
            (string?)context.Request["pairing_token"] ?? "", (string?)context.Request["code"], http.ClientContext(), now, http.RequestAborted);
        switch (result)
        {
            case ExchangeCodeResult.Confirmed confirmed:
                await AnswerAsync(context, new EnrolmentTokenAnswer(confirmed.EnrolmentToken.Value, SecondsUntil(confirmed.ExpiresAt, now)));
                break;
            case ExchangeCodeResult.Pending:
                context.Reject(Errors.AuthorizationPending, "The code was not typed yet.");
                break;
            case ExchangeCodeResult.SlowDown:
                context.Reject(Errors.SlowDown, "Ask less often: five seconds more between two questions.");
                break;
            case ExchangeCodeResult.Wrong wrong:
                await RefuseAsync(context, new WrongCodeAnswer(Errors.InvalidGrant, "The code is wrong.", wrong.AttemptsLeft));
                break;
            case ExchangeCodeResult.Denied:
                context.Reject(Errors.AccessDenied, "No try is left, or the activation was cancelled.");
                break;
            case ExchangeCodeResult.Expired:
                context.Reject(Errors.ExpiredToken, "The code, or the activation, is no longer valid.");
                break;
            default:
                context.Reject(Errors.InvalidGrant, "The pairing token is unknown or was used.");
                break;
        }
    }

    private PairingAnswer PairingOf(ScanResult.Paired paired, DateTimeOffset now) => new(
        paired.PairingToken.Value,
        SecondsUntil(paired.Activation.ExpiresAt, now),
        paired.Activation.Mode.Code(),
        paired.Holder.FullName)
    {
        PairingCode = paired.PairingCode?.Value,
        CodeExpiresIn = paired.PairingCode is null ? null : SecondsUntil(paired.Activation.CodeExpiresAt!.Value, now),
        Interval = options.PollSeconds,
        MaskedPhone = paired.PairingCode is null && PhoneNumber.TryParse(paired.Holder.ContactPhone, out var phone) ? phone.Masked : null,
    };

    private async Task AnswerAsync<TAnswer>(HandleTokenRequestContext context, TAnswer answer)
    {
        metrics.TokensIssued(context.Request.GrantType!);
        await JsonResponse.WriteAsync(context.Transaction.Http.Response, JsonSerializer.SerializeToUtf8Bytes(answer, Json));
        context.HandleRequest();
    }

    private static async Task RefuseAsync(HandleTokenRequestContext context, WrongCodeAnswer answer)
    {
        context.Transaction.Http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await JsonResponse.WriteAsync(context.Transaction.Http.Response, JsonSerializer.SerializeToUtf8Bytes(answer, Json));
        context.HandleRequest();
    }

    private static long SecondsUntil(DateTimeOffset end, DateTimeOffset now) => (long)(end - now).TotalSeconds;
}

/// <summary>The answer to a QR code: the phone belongs to the activation.</summary>
/// <param name="AccessToken">The pairing token.</param>
/// <param name="ExpiresIn">Seconds until the next step must have come.</param>
/// <param name="ActivationMode"><c>card</c> or <c>contact_details</c>.</param>
/// <param name="Holder">Whose activation it is.</param>
internal sealed record PairingAnswer(string AccessToken, long ExpiresIn, string ActivationMode, string Holder)
{
    public string TokenType { get; } = "Bearer";

    /// <summary>To be shown on the phone and typed on the computer (A8, A9); only for a card.</summary>
    public string? PairingCode { get; init; }

    public long? CodeExpiresIn { get; init; }

    /// <summary>How many seconds to wait between two questions whether the code was typed.</summary>
    public int Interval { get; init; }

    /// <summary>Where an SMS would go; only for contact details.</summary>
    public string? MaskedPhone { get; init; }
}

/// <summary>The answer to a right code.</summary>
/// <param name="AccessToken">The enrolment token.</param>
/// <param name="ExpiresIn">Seconds in which key and PIN must be registered.</param>
internal sealed record EnrolmentTokenAnswer(string AccessToken, long ExpiresIn)
{
    public string TokenType { get; } = "Bearer";
}

/// <summary>RFC 6749, 5.2, with the tries that are left.</summary>
internal sealed record WrongCodeAnswer(string Error, string ErrorDescription, int AttemptsLeft);
