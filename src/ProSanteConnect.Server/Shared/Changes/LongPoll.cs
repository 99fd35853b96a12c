using System.Text.Json.Serialization;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>
/// Holds an answer back until there is news: a page that asks again as soon as it is answered goes on within a tick of the
/// change. Nothing is held past the stop of the host.
/// </summary>
internal sealed class LongPoll(ChangeWatch watch, IHostApplicationLifetime host, TimeProvider clock)
{
    /// <summary>Shorter than what proxies grant an answer that does not come.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    /// <summary>What was read last: the news, or the state without any when the time is over.</summary>
    /// <param name="http">The request that waits; its general deadline is lifted.</param>
    /// <param name="kind">What is watched.</param>
    /// <param name="id">Which one.</param>
    /// <param name="read">Reads the state.</param>
    /// <param name="isNews">Whether the page does not know it yet.</param>
    /// <param name="endsAt">When a state changes by the mere passing of time.</param>
    public async Task<T> UntilNewsAsync<T>(
        HttpContext http, WatchedKind kind, Guid id, Func<Task<T>> read, Func<T, bool> isNews, Func<T, DateTimeOffset> endsAt)
    {
        http.LiftDeadline();
        var over = clock.GetUtcNow() + Longest;
        using var wait = watch.Watch(kind, id);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        while (true)
        {
            var state = await read();
            var now = clock.GetUtcNow();
            if (isNews(state) || now >= over || host.ApplicationStopping.IsCancellationRequested) return state;

            var next = endsAt(state) is var end && end > now && end < over ? end : over;
            try
            {
                await wait.NextAsync(next - now, clock, either.Token);
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                // The host stops: the page is told what is known, and asks another node.
            }
        }
    }
}

/// <summary>What a page that waits is told.</summary>
/// <param name="Etat">How it stands.</param>
/// <param name="Suite">Where the page goes on; without it the page shows itself anew.</param>
internal sealed record StatusResponse(string Etat, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suite = null)
{
    /// <summary>Nothing of this browser's: another has begun, or it is over.</summary>
    public static IResult Unknown => TypedResults.Json(new StatusResponse("unknown"), statusCode: StatusCodes.Status404NotFound);
}
