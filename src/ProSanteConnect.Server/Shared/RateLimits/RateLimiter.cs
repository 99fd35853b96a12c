using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>
/// Counts in the database, so that an attack spread over several nodes, or over restarts, is counted
/// once (R23). Each count is a transaction: call it outside of another one, which on SQLite would block it.
/// </summary>
internal sealed class RateLimiter(
    PscDbFactory databases, MasterKey masterKey, IOptions<RateLimitOptions> options, TimeProvider clock, PscMetrics metrics)
{
    private const int RememberedAtMost = 10_000;

    private readonly RateLimitKeys _keys = new(masterKey);
    private readonly IPNetwork[] _exempt = [.. options.Value.ExemptNetworks.Select(IPNetwork.Parse)];

    // An exceeded limit is cached until its window ends: further requests are refused without a write.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _exceeded = new();

    /// <summary>Counts for the network of an address, unless the operator exempts it.</summary>
    public Task<RateLimitResult> CountAddressAsync(RateLimit limit, string address, CancellationToken ct) =>
        IsExempt(address)
            ? Task.FromResult<RateLimitResult>(new RateLimitResult.Allowed())
            : CountAsync(limit, ClientNetwork.Of(address), ct);

    public async Task<RateLimitResult> CountAsync(RateLimit limit, string subject, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var windowEndsAt = RateLimitWindow.EndAfter(now, limit.Window);
        var key = _keys.Of(limit.Name, subject);
        if (_exceeded.TryGetValue(key, out var until) && now < until) return Exceeded(limit, until - now, isFirst: false);

        await using var db = databases.Create();
        var count = await db.CountOneMoreAsync(key, windowEndsAt, ct);
        if (count <= limit.Permits) return new RateLimitResult.Allowed();

        Remember(key, windowEndsAt);
        return Exceeded(limit, windowEndsAt - now, isFirst: count == limit.Permits + 1);
    }

    private RateLimitResult.Exceeded Exceeded(RateLimit limit, TimeSpan retryAfter, bool isFirst)
    {
        metrics.LimitExceeded(limit.Name);
        return new RateLimitResult.Exceeded(limit, retryAfter, isFirst);
    }

    private void Remember(string key, DateTimeOffset until)
    {
        // An evicted entry costs one write; the limit still holds.
        if (_exceeded.Count >= RememberedAtMost) _exceeded.Clear();
        _exceeded[key] = until;
    }

    private bool IsExempt(string address) =>
        _exempt.Length > 0 && IPAddress.TryParse(address, out var parsed) && _exempt.Any(network => network.Contains(parsed));
}

/// <summary>
/// A number of attempts in a time window, counted for each subject over all nodes. The name is used in the journal, in the
/// metrics and in the counter's key.
/// </summary>
internal sealed record RateLimit(string Name, int Permits, TimeSpan Window);

internal abstract record RateLimitResult
{
    private RateLimitResult()
    {
    }

    public sealed record Allowed : RateLimitResult;

    /// <summary>Refused; the first refusal of a window, over all nodes, is recorded in the journal.</summary>
    public sealed record Exceeded(RateLimit Limit, TimeSpan RetryAfter, bool IsFirst) : RateLimitResult;
}

/// <summary>All limits, with the values of the options.</summary>
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

/// <summary>The network that a limit by address is counted for.</summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>An IPv4 address; of an IPv6 address the first 64 bits, because one subscriber has the whole /64 network.</summary>
    public static string Of(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6) return address;

        var bytes = parsed.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
