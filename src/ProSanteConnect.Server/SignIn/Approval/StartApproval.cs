using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// Starts the approval of a sign-in on the phone of the claimed holder, without waiting for it. The browser cannot observe whether the
/// holder exists, has an active e-CPS, or was asked too often: all cases look alike and take the same time (security-checklist T6).
/// </summary>
internal sealed class StartApproval(
    IHttpContextAccessor accessor, PscDb db, ApprovalRequests approvals, KnownBrowserCookie knownBrowser, RateLimiter limiter, Limits limits,
    MinimumResponseTime responseTime, PublicOrigins origins, TimeProvider clock)
{
    public Task StartAsync(SignInRequest signIn, NationalId claimedHolder, CancellationToken ct) =>
        responseTime.OfApprovalAsync(() => RequestAsync(signIn, claimedHolder, ct), ct);

    private async Task<ApprovalStarted> RequestAsync(SignInRequest signIn, NationalId claimedHolder, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var practitionerId = await db.Practitioners.FindListedAsync(claimedHolder, ct);
        var context = http.ClientContext();
        var known = await knownBrowser.SecretOfAsync(practitionerId ?? 0, ct);
        var limited = known is null
            ? await IsUnknownBrowserLimitedAsync(claimedHolder, context, ct)
            : await IsExceededAsync(limits.ApprovalsFromKnownBrowsers, claimedHolder, ct);
        var input = new ApprovalInput
        {
            SignInRequestId = signIn.Id,
            ClientId = signIn.ClientId,
            ClaimedHolder = claimedHolder,
            Browser = context,
            KnownBrowserToken = known,
            IsLimited = limited,
            Origin = origins.Wallet(http.Request),
        };
        return await approvals.AskAsync(input, clock.GetUtcNow(), ct);
    }

    // The limits count the claimed identifier, whether or not it belongs to anybody. Only unknown browsers count for the address,
    // because a whole hospital may share one. The limits are counted in order and the first exceeded one ends the count, so that
    // retries do not exhaust the daily limit.
    private async Task<bool> IsUnknownBrowserLimitedAsync(NationalId claimedHolder, ClientContext context, CancellationToken ct) =>
        await limiter.CountAddressAsync(limits.ApprovalsOfAddress, context.IpAddress, ct) is RateLimitResult.Exceeded
        || await IsExceededAsync(limits.ApprovalsFromUnknownBrowsers, claimedHolder, ct)
        || await IsExceededAsync(limits.ApprovalsFromUnknownBrowsersInADay, claimedHolder, ct);

    private async Task<bool> IsExceededAsync(RateLimit limit, NationalId claimedHolder, CancellationToken ct) =>
        await limiter.CountAsync(limit, claimedHolder.Value.ToUpperInvariant(), ct) is RateLimitResult.Exceeded;
}
