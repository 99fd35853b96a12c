using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// Whether a practitioner has signed in with the current browser before. The cookie holds one secret for each practitioner who shares
/// the browser, the latest first.
/// </summary>
internal sealed class KnownBrowserCookie(IHttpContextAccessor accessor, KnownBrowsers browsers, KnownBrowserOptions options, TimeProvider clock)
{
    /// <summary>Many practitioners may share a computer, and a cookie holds 4 KB.</summary>
    private const int MaxSecrets = 16;

    private const char Separator = '.';

    private readonly HostCookieBuilder _cookie = new() { Name = "__Host-psc-navigateur", MaxAge = options.KnownBrowserLifetime };

    private HttpContext Http => accessor.HttpContext!;

    private IEnumerable<string> Secrets =>
        (Http.Request.Cookies[_cookie.Name!] ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries).Take(MaxSecrets);

    /// <summary>The secret that marks this browser as known for the practitioner, or null.</summary>
    public async Task<string?> SecretOfAsync(long practitionerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var secret in Secrets)
        {
            if (await browsers.IsKnownAsync(secret, practitionerId, now, ct)) return secret;
        }

        return null;
    }

    /// <summary>Records that the practitioner has just signed in with this browser.</summary>
    public async Task RememberAsync(long practitionerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var former = await SecretOfAsync(practitionerId, ct);
        var present = (await browsers.RememberAsync(former, practitionerId, now, ct))?.Value ?? former!;
        var all = Secrets.Where(secret => secret != former).Prepend(present).Take(MaxSecrets);
        Http.Response.Cookies.Append(_cookie.Name!, string.Join(Separator, all), _cookie.Build(Http, now));
    }
}
