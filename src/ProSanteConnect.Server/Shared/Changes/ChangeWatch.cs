using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>
/// Tells whoever waits that something may have changed: one query a tick and kind for all of them, however many there are and
/// whichever node made the change (design §1, decision 5); none while nobody waits.
/// </summary>
internal sealed class ChangeWatch(
    PscDbFactory databases, IOptions<WatchingOptions> options, TimeProvider clock, ILogger<ChangeWatch> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Wait, WatchedKind> _waits = new();

    /// <summary>Begins to wait; the caller reads the state after this, and ends the wait by disposing of it.</summary>
    public Wait Watch(WatchedKind kind, Guid id)
    {
        var wait = new Wait(kind, id, ended => _waits.TryRemove(ended, out _));
        _waits[wait] = kind;
        return wait;
    }

    /// <summary>Asks once, and wakes those for whom something has changed.</summary>
    public async Task TickAsync(CancellationToken ct)
    {
        foreach (var kind in _waits.Keys.GroupBy(wait => wait.Kind))
        {
            var waits = kind.ToList();
            await using var db = databases.Create();
            var seen = await StateVersions.OfAsync(db, kind.Key, [.. waits.Select(wait => wait.Id).Distinct()], ct);
            foreach (var wait in waits) Compare(wait, seen.GetValueOrDefault(wait.Id, ""));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.PauseAsync(options.Value.Tick, stoppingToken))
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whoever waits looks again by itself when its time is over.
                var failure = DatabaseFailure.Find(exception);
                logger.NewsNotRead(failure is null ? exception : null, failure is null ? exception.GetType().Name : DatabaseFailure.Describe(failure));
            }
        }
    }

    private static void Compare(Wait wait, string seen)
    {
        if (wait.LastSeen == seen) return;

        wait.LastSeen = seen;
        wait.Wake();
    }
}

/// <summary>What can be waited for.</summary>
internal enum WatchedKind
{
    /// <summary>An approval request: the computer waits for the phone.</summary>
    Approval,

    /// <summary>An activation: computer and phone wait for each other.</summary>
    Activation,

    /// <summary>An e-CPS and what it is being asked: the phone waits for requests.</summary>
    Phone,
}

/// <summary>
/// One who waits for news of one thing. Begin it before reading the state: what changes between the two wakes it. Waking promises
/// nothing: read again.
/// </summary>
internal sealed class Wait(WatchedKind kind, Guid id, Action<Wait> end) : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);

    public WatchedKind Kind { get; } = kind;

    public Guid Id { get; } = id;

    /// <summary>What the last tick saw; null before the first, which always wakes.</summary>
    public string? LastSeen { get; set; }

    /// <summary>Returns at the next news, else after the time given; whether there was news.</summary>
    public async Task<bool> NextAsync(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        if (atMost <= TimeSpan.Zero) return false;

        using var over = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ct);
        try
        {
            await _news.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
        catch (ObjectDisposedException)
        {
            // It has left meanwhile.
        }
    }

    public void Dispose()
    {
        end(this);
        _news.Dispose();
    }
}

/// <summary>How pages and phones that wait learn of news (section <c>Watching</c>).</summary>
internal sealed class WatchingOptions
{
    /// <summary>How often the database is asked for news, for all who wait at once. From 100 milliseconds to 2 seconds; 400 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(400);
}

internal static class WatchingFeature
{
    public static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WatchingOptions>().BindConfiguration("Watching").ValidateDataAnnotations();
        services.AddSingleton<ChangeWatch>();
        services.AddSingleton<LongPoll>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeWatch>());
        return services;
    }
}
