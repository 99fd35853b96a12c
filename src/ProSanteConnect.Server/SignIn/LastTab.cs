using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn;

/// <summary>Which means comes first on the sign-in page: the one that the person has at hand, else the one that this browser used last.</summary>
internal sealed class LastTab(IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly HostCookieBuilder Cookie = new() { Name = "__Host-psc-moyen", MaxAge = TimeSpan.FromDays(365) };

    private HttpContext Http => accessor.HttpContext!;

    /// <param name="isECpsTested">Whether the relying party exists to test the e-CPS.</param>
    /// <param name="isIdentifierKnown">Whether the browser remembers an identifier, which only signs in with the e-CPS.</param>
    public AuthMode First(bool isECpsTested, bool isIdentifierKnown)
    {
        if (isECpsTested || Http.Request.IsPhone()) return AuthMode.Mobile;

        // Without a sign of an e-CPS the card: three sign-ins of four are by card (security-checklist §0, 11).
        return AuthModeSlugs.Parse(Http.Request.Cookies[Cookie.Name!]) ?? (isIdentifierKnown ? AuthMode.Mobile : AuthMode.Card);
    }

    public void Keep(AuthMode tab) => Http.Response.Cookies.Append(Cookie.Name!, tab.Slug(), Cookie.Build(Http, clock.GetUtcNow()));
}
