using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace WebRelyingParty.Tokens;

/// <summary>
/// Keeps a session's tokens fresh: an access token of Pro Santé Connect lives two minutes, so it is renewed when a page needs it.
/// </summary>
internal sealed class RefreshExpiredTokens(TokenRefresher refresher, TimeProvider clock) : CookieAuthenticationEvents
{
    private static readonly object SessionEndedKey = new();

    /// <summary>Whether the session was ended in this very request, so that the page can say so.</summary>
    public static bool EndedSession(HttpContext context) => context.Items.ContainsKey(SessionEndedKey);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (clock.GetUtcNow() < context.Properties.GetAccessTokenEnd()) return;

        switch (await refresher.RefreshAsync(context.Properties, context.HttpContext.RequestAborted))
        {
            case RefreshResult.Refreshed:
                // The cookie handler prolongs by the time between the two instants: the end stays where it was.
                context.Properties.IssuedUtc = clock.GetUtcNow();
                context.ShouldRenew = true;
                break;

            case RefreshResult.SessionEnded:
                context.HttpContext.Items[SessionEndedKey] = true;
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(context.Scheme.Name);
                break;

            // A provider that does not answer ends nobody's session.
            case RefreshResult.Failed:
                break;
        }
    }
}
