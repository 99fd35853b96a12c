using System.Text.Json.Serialization;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>Lets a request wait for a change: a long poll returns the first one, an event stream sends each of them.</summary>
internal sealed class RequestWaits(ChangeWatch watch, IHostApplicationLifetime host, TimeProvider clock)
{
    /// <summary>The longest time of a long poll: shorter than the time after which proxies give up.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(25);

    /// <summary>Starts a wait. Read the state after this call; the general deadline of the request is lifted.</summary>
    /// <param name="http">The request that waits.</param>
    /// <param name="kind">What is watched.</param>
    /// <param name="id">Which one.</param>
    /// <param name="atMost">After which time the wait is over.</param>
    public RequestWait Begin(HttpContext http, WatchedKind kind, Guid id, TimeSpan atMost) => new(http, watch.Watch(kind, id), host, clock, atMost);

    /// <summary>Answers a page that polls: waits until its state has changed, and returns the state that was read last.</summary>
    /// <param name="http">The request that waits.</param>
    /// <param name="kind">What is watched.</param>
    /// <param name="id">Which one.</param>
    /// <param name="read">Reads the state.</param>
    /// <param name="isChanged">Whether the state differs from what the page shows.</param>
    /// <param name="endsAt">When the state changes without a change in the database.</param>
    public async Task<T> UntilChangedAsync<T>(
        HttpContext http, WatchedKind kind, Guid id, Func<Task<T>> read, Func<T, bool> isChanged, Func<T, DateTimeOffset> endsAt)
    {
        using var wait = Begin(http, kind, id, LongestPoll);
        while (true)
        {
            var state = await read();
            if (isChanged(state)) return state;

            var due = endsAt(state) is var end && end > clock.GetUtcNow() ? end : DateTimeOffset.MaxValue;
            if (await wait.NextAsync(due) == WaitResult.Over) return state;
        }
    }
}

/// <summary>The wait of one request. It is over after its time, and when the host stops: the client then asks another node.</summary>
internal sealed class RequestWait : IDisposable
{
    private readonly Wait _wait;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _end;
    private readonly CancellationToken _clientGone;
    private readonly CancellationToken _hostStops;
    private readonly CancellationTokenSource _either;

    public RequestWait(HttpContext http, Wait wait, IHostApplicationLifetime host, TimeProvider clock, TimeSpan atMost)
    {
        http.LiftDeadline();
        _wait = wait;
        _clock = clock;
        _end = clock.GetUtcNow() + atMost;
        _clientGone = http.RequestAborted;
        _hostStops = host.ApplicationStopping;
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clientGone, _hostStops);
    }

    /// <summary>Waits for the next change, and no longer than until <paramref name="due"/>.</summary>
    /// <exception cref="OperationCanceledException">The client closed the connection.</exception>
    public async Task<WaitResult> NextAsync(DateTimeOffset due)
    {
        var now = _clock.GetUtcNow();
        if (now >= _end || _hostStops.IsCancellationRequested) return WaitResult.Over;

        try
        {
            var until = due < _end ? due : _end;
            return await _wait.NextAsync(until - now, _clock, _either.Token) ? WaitResult.Changed : WaitResult.Due;
        }
        catch (OperationCanceledException) when (!_clientGone.IsCancellationRequested)
        {
            return WaitResult.Over;
        }
    }

    public void Dispose()
    {
        _wait.Dispose();
        _either.Dispose();
    }
}

internal enum WaitResult
{
    /// <summary>Something may have changed: read the state again.</summary>
    Changed,

    /// <summary>No change until the given time.</summary>
    Due,

    /// <summary>The time of the wait is over, or the host stops.</summary>
    Over,
}

/// <summary>The answer to a page that waits for a change.</summary>
/// <param name="State">The state to show.</param>
/// <param name="NextUrl">Where the page continues; null when it reloads itself.</param>
internal sealed record StatusResponse(
    [property: JsonPropertyName("etat")] string State,
    [property: JsonPropertyName("suite"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextUrl = null)
{
    /// <summary>404: what is waited for does not belong to this browser, or no longer exists.</summary>
    public static IResult Unknown => TypedResults.Json(new StatusResponse("unknown"), statusCode: StatusCodes.Status404NotFound);
}
