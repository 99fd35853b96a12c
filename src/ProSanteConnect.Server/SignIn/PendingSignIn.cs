using Microsoft.Extensions.Options;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

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

/// <summary>Opens a sign-in for the browser that makes this request.</summary>
internal sealed class SignInStart(
    IHttpContextAccessor accessor, SignInRequests requests, IOptions<SignInOptions> options, TimeProvider clock)
{
    /// <summary>The same, with the page opened on one of its tabs.</summary>
    public async Task<string> OpenAsync(string? clientId, string continuation, AuthMode means, CancellationToken ct) =>
        $"{await OpenAsync(clientId, continuation, ct)}&moyen={means.Slug()}";

    /// <summary>Opens the request and says where its page is. Without a client it is the portal that asks, and the continuation is a path of it.</summary>
    public async Task<string> OpenAsync(string? clientId, string continuation, CancellationToken ct)
    {
        var secret = accessor.HttpContext!.EnsureSignInSecret();
        var request = await requests.OpenAsync(clientId, continuation, secret, clock.GetUtcNow(), options.Value, ct);
        return PageOf(request.Id);
    }

    public static string PageOf(Guid demande) => $"/connexion?demande={demande}";

    /// <summary>The page, opened on one of its tabs.</summary>
    public static string PageOf(Guid demande, AuthMode means) => $"{PageOf(demande)}&moyen={means.Slug()}";
}

/// <summary>Ends a sign-in on the word of the browser that began it, and what its phone is being asked.</summary>
internal sealed class SignInCancellation(
    IHttpContextAccessor accessor, SignInRequests requests, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>Takes back what the phone is being asked; the sign-in goes on by another means.</summary>
    public Task WithdrawAsync(SignInRequest signIn, CancellationToken ct) =>
        approvals.CancelAsync(signIn, accessor.HttpContext!.ClientContext(), clock.GetUtcNow(), ct);

    /// <summary>Ends it, and says where the browser goes.</summary>
    public async Task<string> CancelAsync(SignInRequest signIn, CancellationToken ct)
    {
        await WithdrawAsync(signIn, ct);
        await requests.CancelAsync(signIn, accessor.HttpContext!.ClientContext(), clock.GetUtcNow(), ct);
        return signIn.ClientId is null ? "/" : SignInContinuation.NextOf(signIn);
    }
}
