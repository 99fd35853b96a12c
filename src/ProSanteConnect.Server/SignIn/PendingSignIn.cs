using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The sign-in requests of the browser that makes this request.</summary>
internal sealed class PendingSignIn(IHttpContextAccessor accessor, SignInRequests requests, TimeProvider clock)
{
    /// <summary>The request when this browser began it and it has not expired; else null.</summary>
    public Task<SignInRequest?> FindAsync(Guid demande, CancellationToken ct) =>
        requests.FindAsync(demande, accessor.HttpContext!.SignInSecret, clock.GetUtcNow(), ct);
}
