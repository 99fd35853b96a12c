using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>Every limit there is, with the values of the options.</summary>
internal sealed class Limits(IOptions<RateLimitOptions> options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    /// <summary>Counted for a client and an address: <see cref="RateLimiter.CountAsync"/>.</summary>
    public RateLimit ClientFailures { get; } = new("client-failures", options.Value.ClientFailuresPerMinute, Minute);

    public RateLimit ClientFailuresOfAddress { get; } =
        new("client-failures-of-address", options.Value.ClientFailuresPerAddressPerMinute, Minute);

    public RateLimit SignInStarts { get; } = new("sign-in-starts", options.Value.SignInStartsPerAddressPerMinute, Minute);

    public RateLimit ActivationRequests { get; } =
        new("activation-requests", options.Value.ActivationRequestsPerAddressPerHour, Hour);

    public RateLimit SearchesOfAddress { get; } = new("searches-of-address", options.Value.SearchesPerAddressPerHour, Hour);

    public RateLimit SearchesOfPair { get; } = new("searches-of-pair", options.Value.SearchesPerPersonPerHour, Hour);

    public RateLimit SearchesOfMail { get; } = new("searches-of-mail", options.Value.SearchesPerPersonPerHour, Hour);

    public RateLimit SearchesOfPhone { get; } = new("searches-of-phone", options.Value.SearchesPerPersonPerHour, Hour);

    public RateLimit RefusedCards { get; } = new("refused-cards", options.Value.RefusedCardsPerAddressPerMinute, Minute);

    /// <summary>Counted for the identifier that was typed, as the two below are.</summary>
    public RateLimit ApprovalsFromUnknownBrowsers { get; } =
        new("approvals-from-unknown-browsers", options.Value.ApprovalsFromUnknownBrowsersPerQuarterHour, QuarterHour);

    public RateLimit ApprovalsFromUnknownBrowsersInADay { get; } =
        new("approvals-from-unknown-browsers-in-a-day", options.Value.ApprovalsFromUnknownBrowsersPerDay, TimeSpan.FromDays(1));

    public RateLimit ApprovalsFromKnownBrowsers { get; } =
        new("approvals-from-known-browsers", options.Value.ApprovalsFromKnownBrowsersPerQuarterHour, QuarterHour);

    public RateLimit ApprovalsOfAddress { get; } =
        new("approvals-of-address", options.Value.ApprovalsPerAddressPerHour, Hour);
}
