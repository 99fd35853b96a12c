using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Telemetry;
using ProSanteConnect.Server.SignIn.Approval;

namespace ProSanteConnect.Server.SignIn;

/// <summary>
/// The end of a sign-in: <c>/connexion/suite</c> redeems its result, once, and redirects the browser. A sign-in for a relying party
/// continues at <c>/auth?psc_sign_in={id}</c>, where <c>ResolveAuthorizationRequest</c> restores the interrupted authorization request
/// and <c>AuthorizeEndpoint</c> answers it from the new session; a sign-in for the portal continues on its page.
/// </summary>
internal static class SignInContinuation
{
    public const string Route = "/connexion/suite";

    /// <summary>The parameter of the authorization page that names the sign-in request to continue; no client sends one of this name.</summary>
    public const string AuthorizationParameter = "psc_sign_in";

    /// <summary>The URL to which the card listener redirects the browser, with the secret that only this browser receives.</summary>
    public static string UrlFor(Guid signInRequestId, SecretToken handover) => $"{UrlFor(signInRequestId)}&remise={handover.Value}";

    /// <summary>The URL after an approval on the phone: the browser stayed on its page, so its cookie is enough.</summary>
    public static string UrlFor(Guid signInRequestId) => $"{Route}?demande={signInRequestId}";

    internal static async Task<SeeOther> Continue(
        [FromQuery(Name = "demande")] Guid signInRequestId, [FromQuery(Name = "remise")] string? handover, HttpContext http,
        SignInRequests requests, BrowserSession browser, KnownBrowserCookie knownBrowser, IOptions<SignInOptions> options,
        PscMetrics metrics, TimeProvider clock, CancellationToken ct)
    {
        var result = await requests.RedeemAsync(
            signInRequestId, http.SignInSecret, handover, http.ClientContext(), clock.GetUtcNow(), options.Value, ct);
        switch (result)
        {
            case RedeemSignInResult.Opened opened:
                await browser.OpenAsync(opened.Session, opened.Cookie, ct);
                await knownBrowser.RememberAsync(opened.Session.PractitionerId, ct);
                metrics.SignInEnded(opened.Session.AuthMode.ToString().ToLowerInvariant(), "success");
                return new SeeOther(NextOf(opened.Request));

            // A second click or the back button: continue with the session that the first request opened.
            case RedeemSignInResult.AlreadyRedeemed redeemed:
                return new SeeOther(NextOf(redeemed.Request));

            case RedeemSignInResult.Cancelled cancelled:
                return new SeeOther(NextOf(cancelled.Request));

            default:
                return new SeeOther(SignInStart.PageOf(signInRequestId));
        }
    }

    /// <summary>The URL at which a redeemed or cancelled sign-in continues.</summary>
    public static string NextOf(SignInRequest request) => request.ClientId is null
        ? request.Continuation
        : $"/auth?{AuthorizationParameter}={request.Id}";
}
