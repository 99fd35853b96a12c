using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn;

/// <summary>The sign-in requests of the browser that makes this request.</summary>
internal sealed class PendingSignIn(IHttpContextAccessor accessor, SignInRequests requests, TimeProvider clock)
{
    private SignInRequest? _found;

    /// <summary>The request when this browser began it and it has not expired; else null. Asked for once.</summary>
    public async Task<SignInRequest?> FindAsync(Guid demande, CancellationToken ct) => _found?.Id == demande
        ? _found
        : _found = await requests.FindAsync(demande, accessor.HttpContext!.SignInSecret, clock.GetUtcNow(), ct);
}
