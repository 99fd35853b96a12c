using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared.Hosting;

namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>
/// Completes waits when the state changes, on whichever node: one query for each tick and kind reads the state of everything that is
/// waited for (design §1, decision 5). Without waits, no query is made.
/// </summary>
internal sealed class ChangeWatch(
    PscDbFactory databases, IOptions<WatchingOptions> options, TimeProvider clock, ILogger<ChangeWatch> logger) : RecurringJob(clock)
{
    private readonly ConcurrentDictionary<Wait, WatchedKind> _waits = new();

    protected override TimeSpan Interval => options.Value.Tick;

    /// <summary>Starts to wait. Read the state after this call, and dispose of the result to stop waiting.</summary>
    public Wait Watch(WatchedKind kind, Guid id)
    {
        var wait = new Wait(kind, id, ended => _waits.TryRemove(ended, out _));
        _waits[wait] = kind;
        return wait;
    }

    /// <summary>The most rows that one query asks for: each is a parameter, and SQL Server takes 2,100 of them.</summary>
    internal const int RowsPerQuery = 1000;

    /// <summary>Reads the states once and completes the waits whose state has changed.</summary>
    public override async Task RunAsync(CancellationToken ct)
    {
        foreach (var kind in _waits.Keys.GroupBy(wait => wait.Kind))
        {
            await using var db = databases.Create();
            foreach (var waits in kind.GroupBy(wait => wait.Id).Chunk(RowsPerQuery))
            {
                var seen = await StateVersions.OfAsync(db, kind.Key, [.. waits.Select(wait => wait.Key)], ct);
                foreach (var wait in waits.SelectMany(wait => wait)) Compare(wait, seen.GetValueOrDefault(wait.Id, ""));
            }
        }
    }

    protected override void LogFailure(Exception exception, string? databaseFailure) =>
        Log.ChangesNotRead(logger, databaseFailure is null ? exception : null, databaseFailure ?? exception.GetType().Name);

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

    /// <summary>An e-CPS and its pending approval request: the phone waits for requests.</summary>
    Phone,
}

/// <summary>
/// Waits for changes of one row. Start it before the state is read, so that no change between the two is missed. A completed wait does
/// not prove a change: read the state again.
/// </summary>
internal sealed class Wait(WatchedKind kind, Guid id, Action<Wait> end) : IDisposable
{
    private readonly SemaphoreSlim _changes = new(0, 1);

    public WatchedKind Kind { get; } = kind;

    public Guid Id { get; } = id;

    /// <summary>What the last tick read; null before the first tick, which always completes the wait.</summary>
    public string? LastSeen { get; set; }

    /// <summary>True after a change; false when the time is over without one.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<bool> NextAsync(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        if (atMost <= TimeSpan.Zero) return false;

        using var over = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, ct);
        try
        {
            await _changes.WaitAsync(either.Token);
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
            _changes.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is signalled already.
        }
        catch (ObjectDisposedException)
        {
            // It was disposed of during this tick.
        }
    }

    public void Dispose()
    {
        end(this);
        _changes.Dispose();
    }
}

/// <summary>How waiting pages and phones learn of changes (section <c>Watching</c>).</summary>
internal sealed class WatchingOptions
{
    /// <summary>How often the database is read, for everything that waits. From 100 milliseconds to 2 seconds; 400 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(400);
}

internal static class WatchingFeature
{
    public static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WatchingOptions>().BindConfiguration("Watching").ValidateDataAnnotations();
        services.AddSingleton<ChangeWatch>();
        services.AddSingleton<RequestWaits>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeWatch>());
        return services;
    }
}

/// <summary>Log events of waiting requests: 16xx.</summary>
internal static partial class Log
{
    [LoggerMessage(1601, LogLevel.Warning, "Changes could not be read: {Reason}. Waiting pages and phones learn of them at a later tick.")]
    public static partial void ChangesNotRead(ILogger logger, Exception? exception, string reason);
}
