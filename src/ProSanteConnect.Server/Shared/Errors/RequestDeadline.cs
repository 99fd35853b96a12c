namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// The one deadline of a request: past it, <see cref="HttpContext.RequestAborted"/> is cancelled and every query with it.
/// It holds until the answer starts, because a long download is no failing database.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly HttpContext _context;
    private readonly CancellationToken _clientGone;
    private readonly CancellationTokenSource _source;
    private bool _disposed;

    public RequestDeadline(HttpContext context, TimeSpan delay)
    {
        _context = context;
        _clientGone = context.RequestAborted;
        _source = CancellationTokenSource.CreateLinkedTokenSource(_clientGone);
        _source.CancelAfter(delay);
        context.RequestAborted = _source.Token;
        context.Features.Set(this);
        context.Response.OnStarting(static deadline =>
        {
            ((RequestDeadline)deadline).Lift();
            return Task.CompletedTask;
        }, this);
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool ClientIsGone => _clientGone.IsCancellationRequested;

    public bool HasPassed => _source.IsCancellationRequested && !ClientIsGone;

    public void Lift()
    {
        // An answer without a body starts after the last middleware has returned.
        if (!_disposed) _source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        // What still has to be written, such as the answer 503, is bound to the client alone.
        _context.RequestAborted = _clientGone;
        _context.Features.Set<RequestDeadline>(null);
        _source.Dispose();
        _disposed = true;
    }
}

internal static class RequestDeadlineExtensions
{
    /// <summary>
    /// Frees this request from the general deadline: it asks somebody else than the database (OCSP), or waits for a person,
    /// and sets a limit of its own.
    /// </summary>
    public static void LiftDeadline(this HttpContext context) => context.Features.Get<RequestDeadline>()?.Lift();
}
