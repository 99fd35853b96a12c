using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>
/// The limits of the search (security-checklist §5): for the pair, for each of the two alone, so that none is tried against
/// many, and for the address. All are counted, whether or not they belong to anybody.
/// </summary>
internal sealed class SearchLimits(RateLimiter limiter, Limits limits, RateLimitRefusal refusal)
{
    /// <summary>The first limit that is exceeded, or null.</summary>
    public async Task<RateLimitResult.Exceeded?> CountAsync(HttpContext http, EmailAddress email, PhoneNumber phone, CancellationToken ct)
    {
        RateLimitResult[] counted =
        [
            await limiter.CountAddressAsync(limits.SearchesOfAddress, http.ClientAddress(), ct),
            await limiter.CountAsync(limits.SearchesOfPair, $"{email.Value}\n{phone.Value}", ct),
            await limiter.CountAsync(limits.SearchesOfMail, email.Value, ct),
            await limiter.CountAsync(limits.SearchesOfPhone, phone.Value, ct),
        ];
        var exceeded = counted.OfType<RateLimitResult.Exceeded>().ToList();
        foreach (var one in exceeded) await refusal.RecordAsync(http, one);
        return exceeded.FirstOrDefault();
    }
}
