using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Requests;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Devices.Api;

/// <summary>
/// The API of the phone app, <c>/ecps/v1</c>: its endpoints for the holder of an e-CPS, and what a feature needs to add endpoints and
/// tokens of its own. It is described at <c>/openapi/ecps.json</c>.
/// </summary>
internal static class DeviceApi
{
    public const string Document = "ecps";

    /// <summary>The tag, in the description, of endpoints that require no token.</summary>
    public const string BeforeAnyToken = "Before any token";

    private const string Base = "/ecps/v1";

    public static IServiceCollection AddDeviceApi(this IServiceCollection services)
    {
        services.AddApiDescription();
        services.AddApiToken<DeviceTokenHandler>(DeviceTokenHandler.Name, "The device token, of POST /enrolment or POST /device-token.");
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull);
        return services;
    }

    /// <summary>Adds a kind of bearer token: an authentication scheme, the policy of the same name that requires it, and its description.</summary>
    public static void AddApiToken<THandler>(this IServiceCollection services, string name, string description)
        where THandler : AuthenticationHandler<AuthenticationSchemeOptions>
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, THandler>(name, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(name, policy => policy.AddAuthenticationSchemes(name).RequireAuthenticatedUser());
        services.DescribeApiToken(name, description);
    }

    /// <summary>The group under which a feature maps its endpoints of the API.</summary>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder app, string tag) =>
        app.MapGroup(Base).WithGroupName(Document).WithTags(tag);

    public static void MapDeviceApi(this IEndpointRouteBuilder app)
    {
        var anybody = app.MapApiGroup(BeforeAnyToken);
        anybody.MapGet("/push-key", PushEndpoints.ShowKey).ProducesProblem(404)
            .WithSummary("The key with which to subscribe to push messages (VAPID, RFC 8292).");

        var holder = app.MapApiGroup("Holder").RequireAuthorization(DeviceTokenHandler.Name).ProducesProblem(401).ProducesProblem(410);
        holder.MapPost("/device-token", ECpsEndpoints.RotateDeviceToken)
            .WithSummary("Issues a new device token; the former one stays valid until the new one is first presented.");
        holder.MapGet("/e-cps", ECpsEndpoints.Show).WithSummary("The e-CPS of this phone.");
        holder.MapPost("/e-cps/challenge", ECpsEndpoints.Challenge).ProducesProblem(400)
            .WithSummary("Makes the challenge that the phone signs to delete, to deactivate after a forgotten PIN, to renew, or to let unknown browsers reach it again.");
        holder.MapPost("/e-cps/deactivate", ECpsEndpoints.Deactivate).ProducesProblem(403)
            .WithSummary("S1, S2: deactivates the e-CPS at once; this cannot be undone.");
        holder.MapPost("/e-cps/renew", ECpsEndpoints.Renew).HashesPin().ProducesProblem(403).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Renews the e-CPS for three years, in its last 90 days.");
        holder.MapPost("/e-cps/lift-freeze", ECpsEndpoints.LiftFreeze).HashesPin().ProducesProblem(403).ProducesProblem(422)
            .WithSummary("Lets unknown browsers reach the phone again, before the day after notMe is over.");
        holder.MapGet("/requests", RequestEndpoints.List).WithSummary("The sign-ins that wait for an answer: one at most from a browser that the holder knows, first, and one from another.");
        holder.MapGet("/requests/{id:guid}", RequestEndpoints.Show).ProducesProblem(404).WithSummary("One sign-in that waits.");
        holder.MapPost("/requests/{id:guid}/challenge", RequestEndpoints.Challenge).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Makes the challenge that the phone signs to approve: it commits to request, relying party, origin and number.");
        holder.MapPost("/requests/{id:guid}/approve", RequestEndpoints.Approve).HashesPin().ProducesProblem(403).ProducesProblem(404).ProducesProblem(422)
            .WithSummary("Approves a sign-in with number, PIN and signature. One wrong number ends the request.");
        holder.MapPost("/requests/{id:guid}/deny", RequestEndpoints.Deny).ProducesProblem(404)
            .WithSummary("Refuses a sign-in; with notMe, no request of an unknown browser is sent to the phone for a day.");
        holder.MapGet("/events", EventStream.Answer).Produces(200, contentType: "text/event-stream")
            .WithSummary("Server-sent events: e-cps and requests, at the start and after each change.");
        holder.MapGet("/history", HistoryEndpoint.Show).WithSummary("What happened to the holder's identity, the newest first.");
        holder.MapPut("/push-subscription", PushEndpoints.Subscribe).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Stores the push subscription.");
        holder.MapDelete("/push-subscription", PushEndpoints.Unsubscribe).WithSummary("Ends the push subscription.");

        app.MapGroup(Base).MapFallback("/{**path}", () => Problem.AddressUnknown).WithMetadata(new FallbackMarker(Base)).ExcludeFromDescription();
    }
}

/// <summary>
/// Recognises a phone by its device token. The token of an inactive e-CPS is recognised too, so that the answer is 410: the phone then
/// offers another activation.
/// </summary>
internal sealed class DeviceTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, DeviceTokens tokens, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ecps-device";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var found = await tokens.FindAsync(Context.BearerToken, clock.GetUtcNow(), Context.RequestAborted);
        Context.Features.Set(found);
        return found is DeviceTokenResult.Active
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Name)), Name))
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Inactive inactive)
            return Problem.ECpsInactive(inactive.Reason, inactive.Since).ExecuteAsync(Context);

        Response.Headers.WWWAuthenticate = BearerChallenge.For(Context.BearerToken);
        return Problem.TokenInvalid.ExecuteAsync(Context);
    }
}

/// <summary>The challenge of the API (RFC 6750, section 3): an error only when a token was sent.</summary>
internal static class BearerChallenge
{
    public static string For(string? presented) => presented is null ? "Bearer realm=\"ecps\"" : "Bearer realm=\"ecps\", error=\"invalid_token\"";
}

/// <summary>The phone that calls the API.</summary>
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
        /// <exception cref="InvalidOperationException">The endpoint does not require a device token.</exception>
        public ECps ECps => http.Features.Get<DeviceTokenResult>() is DeviceTokenResult.Active active
            ? active.ECps
            : throw new InvalidOperationException("No phone was authenticated: the endpoint does not require a device token.");
    }
}

internal static class PinHashing
{
    /// <summary>
    /// Exempts an endpoint that hashes a PIN from the general deadline: Argon2id is slow by design and waits for a free
    /// processor. Each database command keeps its own timeout.
    /// </summary>
    public static RouteHandlerBuilder HashesPin(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.LiftDeadline();
        return next(context);
    });
}

/// <summary>Sanitizes text that a phone sends about itself, before it is stored and shown.</summary>
internal static class PlainText
{
    /// <summary>One line without control or formatting characters, cut to a length.</summary>
    public static string Of(string? text, int maxLength)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)).Trim();
        if (plain.Length <= maxLength) return plain;

        var end = char.IsHighSurrogate(plain[maxLength - 1]) ? maxLength - 1 : maxLength;
        return plain[..end].TrimEnd();
    }
}
