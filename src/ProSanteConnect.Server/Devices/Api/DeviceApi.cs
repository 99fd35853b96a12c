using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Enrolment.ContactDetails;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>The API of the phone: its addresses, and which token each asks for. Described at <c>/openapi/ecps.json</c>.</summary>
internal static class DeviceApi
{
    public const string Document = "ecps";
    public const string Base = "/ecps/v1";

    public static IServiceCollection AddDeviceApi(this IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, DeviceTokenHandler>(DeviceTokenHandler.Name, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, ActivationTokenHandler>(ActivationTokenHandler.Name, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(DeviceTokenHandler.Name, policy => policy.AddAuthenticationSchemes(DeviceTokenHandler.Name).RequireAuthenticatedUser())
            .AddPolicy(ActivationTokenHandler.Name, policy => policy.AddAuthenticationSchemes(ActivationTokenHandler.Name).RequireAuthenticatedUser());
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull);
        return services;
    }

    public static void MapDeviceApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Base).WithGroupName(Document);

        var anybody = api.MapGroup("").WithTags("Before any token");
        anybody.MapPost("/activation-requests", ContactDetailsEndpoints.RequestActivation).ProducesProblem(400).ProducesProblem(429)
            .WithSummary("B3: asks for a mail with a QR code. The answer is always the same.");
        anybody.MapPost("/rpps-search", ContactDetailsEndpoints.SearchRpps).ProducesProblem(400).ProducesProblem(404).ProducesProblem(429)
            .WithSummary("B3.3–B3.5: finds the RPPS number of who knows the mail address and the telephone number of the directory.");
        anybody.MapPost("/activation/inspect", ContactDetailsEndpoints.InspectQrCode).ProducesProblem(404).ProducesProblem(410)
            .WithSummary("Says whose a QR code is; consumes nothing.");
        anybody.MapGet("/push-key", PushEndpoints.ShowKey).ProducesProblem(404)
            .WithSummary("The key with which to subscribe to push messages (VAPID, RFC 8292).");

        var activation = api.MapGroup("").WithTags("Activation").RequireAuthorization(ActivationTokenHandler.Name).ProducesProblem(401).ProducesProblem(410);
        activation.MapGet("/activation", ActivationEndpoints.Show).WithSummary("Where the activation stands. Pairing or enrolment token.");
        activation.MapPost("/activation/sms", ActivationEndpoints.SendSms).ProducesProblem(409).ProducesProblem(429)
            .WithSummary("B6: sends the code to the telephone number of the directory. Pairing token.");
        activation.MapPost("/enrolment/options", EnrolmentEndpoints.Begin)
            .WithSummary("What the phone makes its key from (WebAuthn). Enrolment token.");
        activation.MapPost("/enrolment", EnrolmentEndpoints.Finish).AllowAnonymous().HashesPin().ProducesProblem(422)
            .WithSummary("A10, B8: registers key and PIN; the e-CPS is active and has replaced the former one. Enrolment token.");

        var holder = api.MapGroup("").WithTags("Holder").RequireAuthorization(DeviceTokenHandler.Name).ProducesProblem(401).ProducesProblem(410);
        holder.MapPost("/device-token", ECpsEndpoints.RotateDeviceToken)
            .WithSummary("A new device token; the former one holds until the new one is first presented.");
        holder.MapGet("/e-cps", ECpsEndpoints.Show).WithSummary("The e-CPS of this phone.");
        holder.MapPost("/e-cps/challenge", ECpsEndpoints.Challenge).ProducesProblem(400)
            .WithSummary("What the phone signs to delete, to end after a forgotten PIN, or to renew.");
        holder.MapPost("/e-cps/deactivate", ECpsEndpoints.Deactivate).ProducesProblem(403)
            .WithSummary("S1, S2: ends the e-CPS, at once and for good.");
        holder.MapPost("/e-cps/renew", ECpsEndpoints.Renew).HashesPin().ProducesProblem(403).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Three more years, in the last 90 days.");
        holder.MapGet("/requests", RequestEndpoints.List).WithSummary("The sign-ins that wait for an answer; one at most.");
        holder.MapGet("/requests/{id:guid}", RequestEndpoints.Show).ProducesProblem(404).WithSummary("One sign-in that waits.");
        holder.MapPost("/requests/{id:guid}/challenge", RequestEndpoints.Challenge).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("What the phone signs to approve: it commits to request, relying party, origin and number.");
        holder.MapPost("/requests/{id:guid}/approve", RequestEndpoints.Approve).HashesPin().ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Approves a sign-in with number, PIN and signature. One wrong number ends the request.");
        holder.MapPost("/requests/{id:guid}/deny", RequestEndpoints.Deny).ProducesProblem(404)
            .WithSummary("Refuses a sign-in; with notMe, unknown browsers reach the phone no more for a day.");
        holder.MapGet("/events", EventStream.Answer).Produces(200, contentType: "text/event-stream")
            .WithSummary("News as server-sent events: e-cps and requests, at once and at each change.");
        holder.MapGet("/history", HistoryEndpoint.Show).WithSummary("What happened to the holder's identity, the newest first.");
        holder.MapPut("/push-subscription", PushEndpoints.Subscribe).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Keeps where to push to.");
        holder.MapDelete("/push-subscription", PushEndpoints.Unsubscribe).WithSummary("Ends the push subscription.");

        api.MapFallback("/{**path}", () => Problem.AddressUnknown).ExcludeFromDescription();
    }
}

/// <summary>
/// Recognises a phone by its device token. The token of an inactive e-CPS is recognised too, only to say so: its phone then
/// offers another activation.
/// </summary>
internal sealed class DeviceTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ECpsRegister register, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ecps-device";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var found = await register.FindByDeviceTokenAsync(Context.BearerToken, clock.GetUtcNow(), Context.RequestAborted);
        Context.Features.Set(found);
        return found is DeviceTokenResult.Active
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Name)), Name))
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Inactive inactive)
            return Problem.ECpsInactive(inactive.Reason, inactive.Since).ExecuteAsync(Context);

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.TokenInvalid.ExecuteAsync(Context);
    }
}

/// <summary>Who calls the API, as its token says; known once the authentication of the endpoint has let the call through.</summary>
internal static class Caller
{
    private const string Bearer = "Bearer ";

    extension(HttpContext http)
    {
        /// <summary>The token of the header <c>Authorization</c> (RFC 6750, 2.1), or null.</summary>
        public string? BearerToken => http.Request.Headers[HeaderNames.Authorization] is [{ } header]
            && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                ? header[Bearer.Length..].Trim()
                : null;

        /// <summary>The e-CPS of the phone that calls.</summary>
        public ECps ECps => http.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Active active
            ? active.ECps
            : throw new InvalidOperationException("No phone was recognised: the endpoint asks for no device token.");

        /// <summary>The activation that the call goes on with, and whether it may register a key.</summary>
        public ActivationTokenResult.Found Activation => http.Features.Get<ActivationTokenResult>() as ActivationTokenResult.Found
            ?? throw new InvalidOperationException("No activation was recognised: the endpoint asks for no token of it.");
    }
}
