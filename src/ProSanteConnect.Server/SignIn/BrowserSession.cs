using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The session of the browser that makes this request, asked for once.</summary>
internal sealed class BrowserSession(
    IHttpContextAccessor accessor, Sessions sessions, IOptions<SignInOptions> options, TimeProvider clock)
{
    private Session? _session;
    private bool _asked;

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>The living session, or null; being here moves its idle end.</summary>
    public async Task<Session?> GetAsync(CancellationToken ct)
    {
        if (_asked) return _session;

        _session = await sessions.FindAsync(Http.SessionSecret, Http.ClientContext(), clock.GetUtcNow(), options.Value, ct);
        _asked = true;
        return _session;
    }

    /// <summary>
    /// Gives the browser the cookie of a new session. Another person's, which nobody could reach here any more, ends with it.
    /// </summary>
    public async Task OpenAsync(Session session, SecretToken cookie, CancellationToken ct)
    {
        if (await GetAsync(ct) is { } former && former.PractitionerId != session.PractitionerId)
        {
            await sessions.EndAsync(former.Id, SessionEndReason.Replaced, Http.ClientContext(), clock.GetUtcNow(), ct);
        }

        Http.SetSessionSecret(cookie);
        _session = session;
        _asked = true;
    }

    /// <summary>Takes the cookie back; the session itself is ended apart.</summary>
    public void Forget()
    {
        Http.ForgetSessionSecret();
        _session = null;
        _asked = true;
    }
}

/// <summary>
/// The two secrets a browser carries: one says "I began this sign-in", the other "I have this session". Over https their
/// names begin with <c>__Host-</c>, so that no other host can plant them; only the sandbox answers over http, on loopback.
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

        /// <summary>The secret of this browser, made when it has none: it serves all its sign-ins, in any number of tabs.</summary>
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

    // Lax: the browser comes back from the relying party and from the card listener by following a link.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
    };
}
