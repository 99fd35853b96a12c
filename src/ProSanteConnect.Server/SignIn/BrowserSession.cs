using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The session of the current browser. Reads the database once for each HTTP request.</summary>
internal sealed class BrowserSession(
    IHttpContextAccessor accessor, Sessions sessions, IOptions<SignInOptions> options, TimeProvider clock)
{
    private Session? _session;
    private bool _isRead;

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>The active session, or null. Reading it extends its idle timeout.</summary>
    public async Task<Session?> GetAsync(CancellationToken ct)
    {
        if (_isRead) return _session;

        _session = await sessions.FindAsync(Http.SessionSecret, Http.ClientContext(), clock.GetUtcNow(), options.Value, ct);
        _isRead = true;
        return _session;
    }

    /// <summary>
    /// Sets the cookie of a new session. Ends the former session of the browser when it belongs to another practitioner, because its
    /// cookie is overwritten.
    /// </summary>
    public async Task OpenAsync(Session session, SecretToken cookie, CancellationToken ct)
    {
        if (await GetAsync(ct) is { } former && former.PractitionerId != session.PractitionerId)
        {
            await sessions.EndAsync(former.Id, SessionEndReason.Replaced, Http.ClientContext(), clock.GetUtcNow(), ct);
        }

        Http.SetSessionSecret(cookie);
        _session = session;
        _isRead = true;
    }

    /// <summary>Deletes the session cookie. The caller ends the session itself.</summary>
    public void Forget()
    {
        Http.ForgetSessionSecret();
        _session = null;
        _isRead = true;
    }
}

/// <summary>
/// The cookies that bind a sign-in request and a session to a browser. Over https their names begin with <c>__Host-</c>, so that
/// no other host can set them; only the sandbox answers over http, on loopback.
/// </summary>
internal static class BrowserCookies
{
    private const string SignInName = "psc-demande";
    private const string SessionName = "psc-session";

    extension(HttpContext http)
    {
        public string? SessionSecret => http.Request.Cookies[NameOf(http, SessionName)];

        public string? SignInSecret => http.Request.Cookies[NameOf(http, SignInName)];

        public void SetSessionSecret(SecretToken secret) => Set(http, SessionName, secret.Value);

        public void ForgetSessionSecret() =>
            http.Response.Cookies.Delete(NameOf(http, SessionName), Options(http));

        /// <summary>The sign-in secret of this browser, created when it has none. One secret serves all its sign-ins, in any number of tabs.</summary>
        public string EnsureSignInSecret()
        {
            if (http.SignInSecret is { Length: > 0 } secret) return secret;

            var fresh = SecretToken.Generate().Value;
            Set(http, SignInName, fresh);
            return fresh;
        }
    }

    private static void Set(HttpContext http, string name, string value) =>
        http.Response.Cookies.Append(NameOf(http, name), value, Options(http));

    private static string NameOf(HttpContext http, string name) => http.Request.IsHttps ? "__Host-" + name : name;

    // Lax: the relying party and the card listener send the browser here by a cross-site navigation.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
