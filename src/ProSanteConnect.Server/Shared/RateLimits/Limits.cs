using Microsoft.Extensions.Options;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>Every limit there is, with the values of the options.</summary>
internal sealed class Limits(IOptions<RateLimitOptions> options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

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
}
