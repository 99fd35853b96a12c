using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;

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

        _session = await sessions.FindAsync(Http.SessionSecret, Http.Origin(), clock.GetUtcNow(), options.Value, ct);
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
            await sessions.EndAsync(former.Id, SessionEndReason.Replaced, Http.Origin(), clock.GetUtcNow(), ct);
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
