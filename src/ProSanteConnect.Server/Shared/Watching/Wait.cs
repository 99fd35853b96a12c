namespace ProSanteConnect.Server.Shared.Watching;

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
