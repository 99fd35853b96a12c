using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>Answers 429 with <c>Retry-After</c> (RFC 6585, section 4), and puts the first refusal of a window into the journal.</summary>
internal sealed class RateLimitRefusal(JournalWriter journal, TimeProvider clock)
{
    /// <summary>
    /// Answers a program with JSON; to a person the empty answer becomes the error page. A client identifier is told to the
    /// journal only when it is that of a known relying party.
    /// </summary>
    public async Task AnswerAsync(HttpContext context, RateLimitResult.Exceeded exceeded, string? clientId = null)
    {
        await RecordAsync(context, exceeded, clientId);

        var seconds = Math.Ceiling(exceeded.RetryAfter.TotalSeconds);
        var error = new OAuthError(
            StatusCodes.Status429TooManyRequests, "temporarily_unavailable", $"Too many requests; try again in {seconds} seconds.", exceeded.RetryAfter);
        if (ResponseFormat.IsPerson(context.Request)) error.Begin(context.Response);
        else await error.WriteAsync(context);
    }

    /// <summary>Puts the refusal into the journal, when it is the first of its window.</summary>
    public async Task RecordAsync(HttpContext context, RateLimitResult.Exceeded exceeded, string? clientId = null)
    {
        if (!exceeded.IsFirst) return;

        var origin = context.ClientContext();
        var entry = new JournalEntry
        {
            At = clock.GetUtcNow(),
            Event = JournalEvent.RateLimitExceeded,
            Outcome = JournalOutcome.Refused,
            Detail = exceeded.Limit.Name,
            ClientId = clientId,
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
        };
        await journal.WriteAsync(entry, context.RequestAborted);
    }
}
