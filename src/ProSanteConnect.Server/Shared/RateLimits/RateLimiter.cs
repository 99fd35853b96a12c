using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>
/// Counts against the limits in the database, so that an attack spread over the nodes, or over their restarts, is counted
/// once (R23). A count is written by itself: call it outside a transaction, which on SQLite would wait for it.
/// </summary>
internal sealed class RateLimiter(
    PscDbFactory databases, MasterKey masterKey, IOptions<RateLimitOptions> options, TimeProvider clock, PscMetrics metrics)
{
    private const int RememberedAtMost = 10_000;

    private readonly byte[] _hashKey = masterKey.Derive("rate-limits");
    private readonly IPNetwork[] _exempt = [.. options.Value.ExemptNetworks.Select(IPNetwork.Parse)];

    // What is over its limit stays so until its window ends: a flood is refused without a write for each of its requests.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _exceeded = new();

    /// <summary>Counts for the network of an address, unless the operator exempts it.</summary>
    public Task<RateLimitResult> CountAddressAsync(RateLimit limit, string address, CancellationToken ct) =>
        IsExempt(address)
            ? Task.FromResult<RateLimitResult>(new RateLimitResult.Allowed())
            : CountAsync(limit, ClientNetwork.Of(address), ct);

    public async Task<RateLimitResult> CountAsync(RateLimit limit, string subject, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var windowEndsAt = EndOfWindow(now, limit.Window);
        var key = Key(limit, subject);
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
        // Forgetting costs a write, never an attempt too many.
        if (_exceeded.Count >= RememberedAtMost) _exceeded.Clear();
        _exceeded[key] = until;
    }

    private bool IsExempt(string address) =>
        _exempt.Length > 0 && IPAddress.TryParse(address, out var parsed) && _exempt.Any(network => network.Contains(parsed));

    // The database keeps no address and no identifier in clear, and none that could be guessed without the master key.
    private string Key(RateLimit limit, string subject) =>
        $"{limit.Name}:{Base64Url.EncodeToString(HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes($"{limit.Name}\n{subject}")))}";

    private static DateTimeOffset EndOfWindow(DateTimeOffset now, TimeSpan window) =>
        new((now.UtcTicks / window.Ticks + 1) * window.Ticks, TimeSpan.Zero);
}
