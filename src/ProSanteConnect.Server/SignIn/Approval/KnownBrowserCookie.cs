using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// Whether a practitioner signed in with the browser of this request before. Its cookie holds one secret for each practitioner
/// who shares the browser, the last one first.
/// </summary>
internal sealed class KnownBrowserCookie(IHttpContextAccessor accessor, KnownBrowsers browsers, ApprovalOptions options, TimeProvider clock)
{
    /// <summary>A ward's computer has many practitioners; a cookie has 4 KB for all.</summary>
    private const int SecretsAtMost = 16;

    private const char Separator = '.';

    private readonly HostCookieBuilder _cookie = new() { Name = "__Host-psc-navigateur", MaxAge = options.KnownBrowserLifetime };

    private HttpContext Http => accessor.HttpContext!;

    private IEnumerable<string> Secrets =>
        (Http.Request.Cookies[_cookie.Name!] ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries).Take(SecretsAtMost);

    /// <summary>The secret by which this browser is known as a practitioner's, or null.</summary>
    public async Task<string?> SecretOfAsync(long practitionerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var secret in Secrets)
        {
            if (await browsers.IsKnownAsync(secret, practitionerId, now, ct)) return secret;
        }

        return null;
    }

    /// <summary>Remembers that the practitioner has just signed in here.</summary>
    public async Task RememberAsync(long practitionerId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var former = await SecretOfAsync(practitionerId, ct);
        var present = (await browsers.RememberAsync(former, practitionerId, now, ct))?.Value ?? former!;
        var all = Secrets.Where(secret => secret != former).Prepend(present).Take(SecretsAtMost);
        Http.Response.Cookies.Append(_cookie.Name!, string.Join(Separator, all), _cookie.Build(Http, now));
    }
}
