using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>Answers 429 with <c>Retry-After</c> (RFC 6585, section 4), and records the first refusal of a window in the journal.</summary>
internal sealed class RateLimitRefusal(JournalWriter journal, TimeProvider clock)
{
    /// <summary>
    /// Answers a program with JSON; a person gets the error page. The client identifier is recorded in the
    /// journal only when it belongs to a registered relying party.
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

    /// <summary>Records the refusal in the journal when it is the first of its window.</summary>
    public async Task RecordAsync(HttpContext context, RateLimitResult.Exceeded exceeded, string? clientId = null)
    {
        if (!exceeded.IsFirst) return;

        var client = context.ClientContext();
        var entry = new JournalEntry
        {
            At = clock.GetUtcNow(),
            Event = JournalEvent.RateLimitExceeded,
            Outcome = JournalOutcome.Refused,
            Detail = exceeded.Limit.Name,
            ClientId = clientId,
            IpAddress = client.IpAddress,
            Browser = client.Browser,
        };
        await journal.WriteAsync(entry, context.RequestAborted);
    }
}
