namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// The deadline of a request: when it passes, <see cref="HttpContext.RequestAborted"/> is cancelled, and every query with it. It ends
/// when the response starts, because a long download does not indicate a failing database.
/// </summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly HttpContext _context;
    private readonly CancellationToken _clientGone;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public RequestDeadline(HttpContext context, TimeSpan time, TimeProvider clock)
    {
        _context = context;
        _clientGone = context.RequestAborted;
        _limit = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clientGone, _limit.Token);
        context.RequestAborted = _either.Token;
        context.Features.Set(this);
        context.Response.OnStarting(static deadline =>
        {
            ((RequestDeadline)deadline).Lift();
            return Task.CompletedTask;
        }, this);
    }

    /// <summary>The client has closed the connection.</summary>
    public bool ClientIsGone => _clientGone.IsCancellationRequested;

    public bool HasPassed => _limit.IsCancellationRequested && !ClientIsGone;

    /// <summary>Stops the timer; may be called more than once.</summary>
    public void Lift() => _limit.Dispose();

    public void Dispose()
    {
        // The rest, such as the answer 503, is cancelled only when the client leaves.
        _context.RequestAborted = _clientGone;
        _context.Features.Set<RequestDeadline>(null);
        _either.Dispose();
        _limit.Dispose();
    }
}

internal static class RequestDeadlineExtensions
{
    /// <summary>
    /// Removes the general deadline from this request, which waits for another service than the database (OCSP) or for a person, and
    /// sets a limit of its own.
    /// </summary>
    public static void LiftDeadline(this HttpContext context) => context.Features.Get<RequestDeadline>()?.Lift();
}
