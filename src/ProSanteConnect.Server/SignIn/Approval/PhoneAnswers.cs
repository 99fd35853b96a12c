using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>Reads what the phone has answered, for the browser that began and nobody else (security-checklist T3).</summary>
internal sealed class PhoneAnswers(IHttpContextAccessor accessor, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>The latest request of a sign-in, as it stands now; null when nobody was asked, or another browser began.</summary>
    public async Task<PhoneAnswer?> ReadAsync(Guid signIn, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var request = await approvals.FindForBrowserAsync(signIn, accessor.HttpContext!.SignInSecret, now, ct);
        return request is null ? null : new PhoneAnswer(request, await approvals.OutcomeForBrowserAsync(request, now, ct));
    }
}
