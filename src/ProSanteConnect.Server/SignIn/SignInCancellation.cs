using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.SignIn;

/// <summary>Ends a sign-in on the word of the browser that began it, and what its phone is being asked.</summary>
internal sealed class SignInCancellation(
    IHttpContextAccessor accessor, SignInRequests requests, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>Takes back what the phone is being asked; the sign-in goes on by another means.</summary>
    public Task WithdrawAsync(SignInRequest signIn, CancellationToken ct) =>
        approvals.CancelAsync(signIn, accessor.HttpContext!.Origin(), clock.GetUtcNow(), ct);

    /// <summary>Ends it, and says where the browser goes.</summary>
    public async Task<string> CancelAsync(SignInRequest signIn, CancellationToken ct)
    {
        await WithdrawAsync(signIn, ct);
        await requests.CancelAsync(signIn, accessor.HttpContext!.Origin(), clock.GetUtcNow(), ct);
        return signIn.ClientId is null ? "/" : SignInContinuation.NextOf(signIn);
    }
}
