using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace WebRelyingParty.Tokens;

/// <summary>
/// Refreshes a session's tokens: an access token of Pro Santé Connect is valid for two minutes and is renewed when a request needs it.
/// </summary>
internal sealed class RefreshExpiredTokens(TokenRefresher refresher, TimeProvider clock) : CookieAuthenticationEvents
{
    private static readonly object SessionEndedKey = new();

    /// <summary>Whether this request ended the session, so that the page can show it.</summary>
    public static bool EndedSession(HttpContext context) => context.Items.ContainsKey(SessionEndedKey);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (clock.GetUtcNow() < context.Properties.GetAccessTokenEnd()) return;

        switch (await refresher.RefreshAsync(context.Properties, context.HttpContext.RequestAborted))
        {
            case RefreshResult.Refreshed:
                // The cookie handler extends a session by the time between IssuedUtc and ExpiresUtc; this keeps its end.
                context.Properties.IssuedUtc = clock.GetUtcNow();
                context.ShouldRenew = true;
                break;

            case RefreshResult.SessionEnded:
                context.HttpContext.Items[SessionEndedKey] = true;
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(context.Scheme.Name);
                break;

            // An unavailable provider does not end the session.
            case RefreshResult.Failed:
                break;
        }
    }
}
