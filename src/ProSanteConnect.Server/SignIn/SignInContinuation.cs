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
/// continues at <c>/auth?demande={id}</c>, where <c>ResolveAuthorizationRequest</c> restores the interrupted authorization request
/// and <c>AuthorizeEndpoint</c> answers it from the new session; a sign-in for the portal continues on its page.
/// </summary>
internal static class SignInContinuation
{
    public const string Route = "/connexion/suite";

    /// <summary>The parameter of the authorization page that names the sign-in request to continue.</summary>
    public const string AuthorizationParameter = "demande";

    public static string UrlFor(Guid demande, SecretToken handover) => $"{Route}?demande={demande}&remise={handover.Value}";

    /// <summary>After an approval on the phone there is nothing to hand over: the browser that began has never left.</summary>
    public static string UrlFor(Guid demande) => $"{Route}?demande={demande}";

    internal static async Task<SeeOther> Continue(
        Guid demande, string? remise, HttpContext http, SignInRequests requests, BrowserSession browser, KnownBrowserCookie knownBrowser,
        IOptions<SignInOptions> options, PscMetrics metrics, TimeProvider clock, CancellationToken ct)
    {
        var result = await requests.RedeemAsync(
            demande, http.SignInSecret, remise, http.ClientContext(), clock.GetUtcNow(), options.Value, ct);
        switch (result)
        {
            case RedeemSignInResult.Opened opened:
                await browser.OpenAsync(opened.Session, opened.Cookie, ct);
                await knownBrowser.RememberAsync(opened.Session.PractitionerId, ct);
                metrics.SignInEnded(opened.Session.AuthMode.ToString().ToLowerInvariant(), "success");
                return new SeeOther(NextOf(opened.Request));

            // The second click and the back button go on with the session that stands.
            case RedeemSignInResult.AlreadyRedeemed redeemed:
                return new SeeOther(NextOf(redeemed.Request));

            default:
                return new SeeOther(SignInStart.PageOf(demande));
        }
    }

    /// <summary>Where a sign-in that is over goes on.</summary>
    public static string NextOf(SignInRequest request) => request.ClientId is null
        ? request.Continuation
        : $"/auth?{AuthorizationParameter}={request.Id}";
}
