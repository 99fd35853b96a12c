using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Enrolment.Api;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;

namespace ProSanteConnect.Server.Enrolment.ContactDetails;

/// <summary>
/// Endpoints that require no token (steps B3 and B5a). No answer discloses who is in the directory, except the
/// RPPS number that B3.5 returns for a matching mail address and telephone number (security-checklist T7).
/// </summary>
internal static class ContactDetailsEndpoints
{
    /// <summary>B3: asks for the mail with the QR code. The answer is always the same.</summary>
    public static async Task<Results<Accepted<NothingSaid>, ProblemHttpResult>> RequestActivation(
        ActivationAsked asked, HttpContext http, Activations activations, MinimumResponseTime floor, RateLimiter limiter, Limits limits,
        RateLimitRefusal refusal, TimeProvider clock, CancellationToken ct)
    {
        if (!NationalId.TryParseTyped(asked.Rpps, out var holder) || holder.Kind != NationalIdKind.Rpps) return Problem.RppsMalformed;
        if (await limiter.CountAddressAsync(limits.ActivationRequests, http.ClientAddress(), ct) is RateLimitResult.Exceeded exceeded)
        {
            await refusal.RecordAsync(http, exceeded);
            return Problem.TooManyRequests(exceeded.RetryAfter);
        }

        await floor.OfDirectoryAsync(() => activations.OpenByContactDetailsAsync(holder, http.ClientContext(), clock.GetUtcNow(), ct), ct);
        return TypedResults.Accepted((string?)null, new NothingSaid());
    }

    /// <summary>B3.3–B3.5: finds an RPPS number by mail address and telephone number; every failure gets the same answer.</summary>
    public static async Task<Results<Ok<RppsFound>, ProblemHttpResult>> SearchRpps(
        RppsAsked asked, HttpContext http, RppsSearch search, SearchLimits limits, MinimumResponseTime floor, TimeProvider clock, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(asked.Email, out var email) || !PhoneNumber.TryParse(asked.Phone, out var phone)) return Problem.SearchMalformed;
        if (await limits.CountAsync(http, email, phone, ct) is { } exceeded) return Problem.TooManyRequests(exceeded.RetryAfter);

        return await floor.OfDirectoryAsync(() => search.FindAsync(email.Value, phone.Value, http.ClientContext(), clock.GetUtcNow(), ct), ct) switch
        {
            RppsSearchResult.Found found => TypedResults.Ok(new RppsFound(found.Rpps)),
            RppsSearchResult.Malformed => Problem.SearchMalformed,
            _ => Problem.PractitionerNotFound,
        };
    }

    /// <summary>B5a: returns the holder of a QR code; consumes nothing.</summary>
    public static async Task<Results<Ok<QrCodeInspected>, ProblemHttpResult>> InspectQrCode(
        QrCodeAsked asked, Activations activations, TimeProvider clock, CancellationToken ct) =>
        await activations.InspectAsync(asked.QrCode ?? "", clock.GetUtcNow(), ct) switch
        {
            InspectQrCodeResult.Scannable scannable => TypedResults.Ok(new QrCodeInspected(
                scannable.Activation.Mode.Code(),
                $"{scannable.Holder.GivenName} {scannable.Holder.FamilyName.FirstOrDefault()}.",
                scannable.Activation.ExpiresAt)),
            InspectQrCodeResult.Over => Problem.QrCodeExpired,
            _ => Problem.QrCodeUnknown,
        };
}

/// <param name="Rpps">The RPPS number, 11 digits, or the national identifier, 12.</param>
internal sealed record ActivationAsked(string? Rpps);

internal sealed record NothingSaid;

/// <param name="Email">The mail address that the directory holds.</param>
/// <param name="Phone">The telephone number that the directory holds.</param>
internal sealed record RppsAsked(string? Email, string? Phone);

/// <param name="Rpps">The RPPS number, 11 digits.</param>
internal sealed record RppsFound(string Rpps);

/// <param name="QrCode">The value after <c>#qr=</c>.</param>
internal sealed record QrCodeAsked(string? QrCode);

/// <param name="Mode"><c>card</c> or <c>contact_details</c>.</param>
/// <param name="Holder">Given name and initial.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record QrCodeInspected(string Mode, string Holder, DateTimeOffset ExpiresAt);

/// <summary>
/// The limits of the search (security-checklist §5): by pair, by each of the two values, so that none is tried against
/// many, and by network address. All are counted, whether or not they belong to a practitioner.
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
