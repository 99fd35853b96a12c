using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account.SignOut;

/// <summary>
/// RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0; psc-protocol §7). A valid <c>id_token_hint</c> ends its session at once,
/// also for a server that calls without a browser and expects a 2xx. Without one the practitioner is asked to confirm.
/// </summary>
[IgnoreAntiforgeryToken]
internal sealed class EndSessionModel(
    Sessions sessions, BrowserSession browser, PublicOrigins origins, SignOutContinuation continuation, TimeProvider clock) : PageModel
{
    public Task<IActionResult> OnGetAsync(CancellationToken ct) => EndAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => EndAsync(ct);

    private async Task<IActionResult> EndAsync(CancellationToken ct)
    {
        var transaction = HttpContext.Features.Get<OpenIddictServerAspNetCoreFeature>()!.Transaction!;
        var request = transaction.Request!;
        var session = await browser.GetAsync(ct);
        if (transaction.Token is { Kind: TokenKind.ID, SessionId: { } hinted } && (session is null || session.Id == hinted))
        {
            await sessions.EndAsync(hinted, SessionEndReason.SignedOut, HttpContext.ClientContext(), clock.GetUtcNow(), ct);
            if (session is not null) browser.Forget();
            return string.IsNullOrEmpty(request.PostLogoutRedirectUri)
                ? Page()
                : SignOut(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        // The confirmation page is on the wallet host, where the session cookie is.
        var query = new QueryBuilder();
        if (!string.IsNullOrEmpty(request.PostLogoutRedirectUri)) query.Add("suite", continuation.Protect(request.PostLogoutRedirectUri, request.State));
        if (!string.IsNullOrEmpty(request.UiLocales)) query.Add(UiLocales.Parameter, request.UiLocales);
        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = $"{origins.Wallet(Request)}{SignOutModel.Path}{query}";
        return new EmptyResult();
    }
}
