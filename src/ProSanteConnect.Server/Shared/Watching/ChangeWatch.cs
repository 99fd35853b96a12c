using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared.Failures;
using ProSanteConnect.Server.Shared.Timing;

namespace ProSanteConnect.Server.Shared.Watching;

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
            var seen = await Fingerprints.OfAsync(db, kind.Key, [.. waits.Select(wait => wait.Id).Distinct()], ct);
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
