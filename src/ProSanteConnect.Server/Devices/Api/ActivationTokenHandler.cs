using System.Diagnostics;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Enrolment;

namespace ProSanteConnect.Server.Devices.Api;

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

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.TokenInvalid.ExecuteAsync(Context);
    }
}

/// <summary>The words of the API for what has names of its own inside; a word never changes its meaning.</summary>
internal static class ActivationCodes
{
    public static string Code(this ActivationMode mode) => mode == ActivationMode.Card ? "card" : "contact_details";

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
