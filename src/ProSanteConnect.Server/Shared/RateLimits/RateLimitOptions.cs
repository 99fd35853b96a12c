using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>
/// The rate limits (section <c>RateLimits</c>; security-checklist §5). Limits by address are high, because a hospital
/// with thousands of practitioners often has one address.
/// </summary>
internal sealed class RateLimitOptions
{
    /// <summary>
    /// Refused authentications of one relying party from one address in a minute. From 3 to 1000; 10 by default. The relying
    /// party itself is never disabled.
    /// </summary>
    [Range(3, 1000)]
    public int ClientFailuresPerMinute { get; set; } = 10;

    /// <summary>Refused authentications of all relying parties from one address in a minute. From 10 to 10,000; 100 by default.</summary>
    [Range(10, 10_000)]
    public int ClientFailuresPerAddressPerMinute { get; set; } = 100;

    /// <summary>Sign-ins begun from one address in a minute. From 20 to 100,000; 300 by default.</summary>
    [Range(20, 100_000)]
    public int SignInStartsPerAddressPerMinute { get; set; } = 300;

    /// <summary>Refused cards from one address in a minute. From 10 to 10,000; 60 by default.</summary>
    [Range(10, 10_000)]
    public int RefusedCardsPerAddressPerMinute { get; set; } = 60;

    /// <summary>Mails with a QR code asked for from one address in an hour. From 5 to 10,000; 30 by default.</summary>
    [Range(5, 10_000)]
    public int ActivationRequestsPerAddressPerHour { get; set; } = 30;

    /// <summary>Searches for an RPPS number from one address in an hour. From 3 to 1000; 10 by default.</summary>
    [Range(3, 1000)]
    public int SearchesPerAddressPerHour { get; set; } = 10;

    /// <summary>Searches for an RPPS number with one mail address, one telephone number, or the two together, in an hour. From 1 to 20; 3 by default.</summary>
    [Range(1, 20)]
    public int SearchesPerPersonPerHour { get; set; } = 3;

    /// <summary>
    /// Requests to the phone of one holder from browsers that the holder does not know, in a quarter of an hour. From 1 to
    /// 1000; 3 by default. Past this and the three limits below, no request is sent to the phone, and the computer shows the same page.
    /// </summary>
    [Range(1, 1000)]
    public int ApprovalsFromUnknownBrowsersPerQuarterHour { get; set; } = 3;

    /// <summary>The same in a day. From 1 to 10,000; 10 by default.</summary>
    [Range(1, 10_000)]
    public int ApprovalsFromUnknownBrowsersPerDay { get; set; } = 10;

    /// <summary>Requests to the phone of one holder from browsers where the holder signed in before, in a quarter of an hour. From 3 to 1000; 10 by default.</summary>
    [Range(3, 1000)]
    public int ApprovalsFromKnownBrowsersPerQuarterHour { get; set; } = 10;

    /// <summary>Requests to all phones from one address in an hour, without those of browsers that their holders know. From 5 to 100,000; 20 by default.</summary>
    [Range(5, 100_000)]
    public int ApprovalsPerAddressPerHour { get; set; } = 20;

    /// <summary>Networks that are exempt from limits by address, because many people share one address; for example <c>203.0.113.9/32</c>.</summary>
    public IList<string> ExemptNetworks { get; } = [];
}

internal sealed class ValidateRateLimitOptions : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var failures = options.ExemptNetworks
            .Where(network => !IPNetwork.TryParse(network, out _))
            .Select(network => $"RateLimits:ExemptNetworks: '{network}' is no network such as 203.0.113.9/32.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

internal static class RateLimitsFeature
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RateLimitOptions>, ValidateRateLimitOptions>();
        services.AddOptionsWithValidateOnStart<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PscMetrics>();
        services.TryAddSingleton<JournalWriter>();
        services.AddSingleton<Limits>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RateLimitRefusal>();
        return services;
    }
}
