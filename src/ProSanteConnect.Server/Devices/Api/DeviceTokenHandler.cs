using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Server.Devices.Api;

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
