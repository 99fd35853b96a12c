using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>
/// Asks a holder on the phone for the browser of this request, and waits for nobody. Whether there is such a holder, whether
/// they can be asked and how often they were changes nothing that the browser could see (security-checklist T6).
/// </summary>
internal sealed class StartApproval(
    IHttpContextAccessor accessor, PscDb db, ApprovalRequests approvals, KnownBrowserCookie browser, RateLimiter limiter, Limits limits,
    MinimumResponseTime floor, PublicOrigins origins, TimeProvider clock)
{
    public Task SendAsync(SignInRequest signIn, NationalId claimed, CancellationToken ct) =>
        floor.OfApprovalAsync(() => AskAsync(signIn, claimed, ct), ct);

    private async Task<ApprovalStarted> AskAsync(SignInRequest signIn, NationalId claimed, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var nationalId = claimed.Value;
        var practitionerId = await db.Practitioners.AsNoTracking()
            .Where(p => p.NationalId == nationalId && p.DelistedAt == null)
            .Select(p => (long?)p.Id)
            .SingleOrDefaultAsync(ct);
        var origin = http.ClientContext();
        var known = await browser.SecretOfAsync(practitionerId ?? 0, ct);
        var limited = known is null
            ? await IsUnknownBrowserLimitedAsync(claimed, origin, ct)
            : await IsOverAsync(limits.ApprovalsFromKnownBrowsers, claimed, ct);
        var ask = new ApprovalInput
        {
            SignInRequestId = signIn.Id,
            ClientId = signIn.ClientId,
            ClaimedHolder = claimed,
            Browser = origin,
            KnownBrowserToken = known,
            IsLimited = limited,
            Origin = origins.Wallet(http.Request),
        };
        return await approvals.AskAsync(ask, clock.GetUtcNow(), ct);
    }

    // Counted for what was typed, whoever it belongs to or nobody. An address counts browsers that nobody vouches for: a whole
    // hospital may have one address. What one limit holds back uses up no other, or impatience would last a day.
    private async Task<bool> IsUnknownBrowserLimitedAsync(NationalId claimed, ClientContext origin, CancellationToken ct) =>
        await limiter.CountAddressAsync(limits.ApprovalsOfAddress, origin.IpAddress, ct) is RateLimitResult.Exceeded
        || await IsOverAsync(limits.ApprovalsFromUnknownBrowsers, claimed, ct)
        || await IsOverAsync(limits.ApprovalsFromUnknownBrowsersInADay, claimed, ct);

    private async Task<bool> IsOverAsync(RateLimit limit, NationalId claimed, CancellationToken ct) =>
        await limiter.CountAsync(limit, claimed.Value.ToUpperInvariant(), ct) is RateLimitResult.Exceeded;
}
