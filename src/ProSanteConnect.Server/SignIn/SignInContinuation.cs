using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Protocol.Handlers;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.SignIn;

/// <summary>
/// Where a door sends the browser back to: the result is fetched, once, and the sign-in goes on where it was interrupted.
/// </summary>
internal static class SignInContinuation
{
    public const string Route = "/connexion/suite";

    public static string UrlFor(Guid demande, SecretToken handover) => $"{Route}?demande={demande}&remise={handover.Value}";

    internal static async Task<SeeOther> Continue(
        Guid demande, string? remise, HttpContext http, SignInRequests requests, BrowserSession browser,
        IOptions<SignInOptions> options, PscMetrics metrics, TimeProvider clock, CancellationToken ct)
    {
        var result = await requests.RedeemAsync(
            demande, http.SignInSecret, remise, http.Origin(), clock.GetUtcNow(), options.Value, ct);
        switch (result)
        {
            case RedeemSignInResult.Opened opened:
                browser.Open(opened.Session, opened.Cookie);
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
        : $"/auth?{RestoreAuthorizationRequest.Parameter}={request.Id}";
}
