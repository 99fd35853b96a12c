using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebRelyingParty.Tokens;
using WebRelyingParty.UserInfo;

namespace WebRelyingParty.Pages;

internal sealed class IndexModel(TokenRefresher refresher, TimeProvider clock) : PageModel
{
    [TempData]
    public string? Notice { get; set; }

    public SignedInView? SignedIn { get; private set; }

    public bool SessionEnded { get; private set; }

    public async Task OnGetAsync()
    {
        SessionEnded = RefreshExpiredTokens.EndedSession(HttpContext);
        if (await HttpContext.AuthenticateAsync() is { Succeeded: true, Properties: { } session }) SignedIn = new SignedInView(session);
    }

    public async Task<IActionResult> OnPostRefreshAsync(CancellationToken ct)
    {
        if (await HttpContext.AuthenticateAsync() is not { Succeeded: true, Principal: var principal, Properties: var session }) return RedirectToPage();

        switch (await refresher.RefreshAsync(session, ct))
        {
            case RefreshResult.Refreshed:
                await HttpContext.SignInAsync(principal, session);
                Notice = string.Create(CultureInfo.InvariantCulture, $"Jetons rafraîchis à {clock.GetLocalNow():HH:mm:ss}.");
                break;

            case RefreshResult.SessionEnded:
                await HttpContext.SignOutAsync();
                Notice = "Votre session Pro Santé Connect est terminée : reconnectez-vous.";
                break;

            case RefreshResult.Failed failed:
                Notice = $"Les jetons n'ont pas pu être rafraîchis. {failed.Reason}";
                break;
        }

        return RedirectToPage();
    }

    /// <summary>Ends the session here and, by RP-initiated logout with <c>id_token_hint</c>, at the provider.</summary>
    public IActionResult OnPostSignOut() => SignOut(
        new AuthenticationProperties { RedirectUri = "/deconnecte" },
        CookieAuthenticationDefaults.AuthenticationScheme,
        OpenIdConnectDefaults.AuthenticationScheme);

    /// <summary>The content of the page for a session.</summary>
    public sealed class SignedInView
    {
        public SignedInView(AuthenticationProperties session)
        {
            using var userInfo = JsonDocument.Parse(session.GetUserInfo());
            var claims = userInfo.RootElement;
            Name = $"{Text(claims, "given_name")} {Text(claims, "family_name")}".Trim();
            NationalId = Text(claims, "SubjectNameID");
            Tables = ClaimTable.Of(claims);
            UserInfo = DecodedToken.Indent(claims);

            IdToken = DecodedToken.TryRead(session.GetTokenValue(SessionProperties.IdToken))!;
            Tokens =
            [
                new("Jeton d'identité (ID token)", "id-token", IdToken),
                new("Jeton d'accès (access token)", "access-token", DecodedToken.TryRead(session.GetTokenValue(SessionProperties.AccessToken))),
                new("Jeton de rafraîchissement (refresh token)", "refresh-token", DecodedToken.TryRead(session.GetTokenValue(SessionProperties.RefreshToken))),
            ];
            AuthenticatedAt = IdToken.Instant("auth_time");
            AccessTokenEnd = session.GetAccessTokenEnd();
            SessionEnd = session.ExpiresUtc!.Value;
        }

        public string Name { get; }
        public string NationalId { get; }
        public IReadOnlyList<ClaimTable> Tables { get; }

        /// <summary>The complete UserInfo response.</summary>
        public string UserInfo { get; }

        public DecodedToken IdToken { get; }
        public IReadOnlyList<TokenView> Tokens { get; }
        public DateTimeOffset? AuthenticatedAt { get; }
        public DateTimeOffset AccessTokenEnd { get; }
        public DateTimeOffset SessionEnd { get; }

        private static string Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) ? value.ToString() : "";
    }

    public sealed record TokenView(string Title, string Id, DecodedToken? Token);
}
