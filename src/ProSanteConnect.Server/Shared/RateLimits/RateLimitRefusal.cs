using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Answers;

namespace ProSanteConnect.Server.Shared.RateLimits;

/// <summary>Answers 429 with <c>Retry-After</c> (RFC 6585, section 4), and puts the first refusal of a window into the journal.</summary>
internal sealed class RateLimitRefusal(JournalWriter journal, TimeProvider clock)
{
    /// <summary>A client identifier is told to the journal only when it is that of a known relying party.</summary>
    public async Task AnswerAsync(HttpContext context, RateLimitResult.Exceeded exceeded, string? clientId = null)
    {
        if (exceeded.IsFirst) await RecordAsync(context, exceeded, clientId);

        await Answer(exceeded).WriteAsync(context);
    }

    private Task RecordAsync(HttpContext context, RateLimitResult.Exceeded exceeded, string? clientId)
    {
        var origin = context.Origin();
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
        return journal.WriteAsync(entry, context.RequestAborted);
    }

    private static PlainAnswer Answer(RateLimitResult.Exceeded exceeded)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(exceeded.RetryAfter.TotalMinutes));
        var (frenchWay, englishWay) = exceeded.Limit.CardStillWorks ? (", ou utilisez votre carte", ", or use your card") : ("", "");
        return new PlainAnswer
        {
            Status = StatusCodes.Status429TooManyRequests,
            Error = "temporarily_unavailable",
            ErrorDescription = $"Too many requests; try again in {Math.Ceiling(exceeded.RetryAfter.TotalSeconds)} seconds.",
            French = new PlainPage("Trop de demandes", $"Trop de demandes. Réessayez dans {Count(minutes)}{frenchWay}."),
            English = new PlainPage("Too many requests", $"Too many requests. Try again in {Count(minutes)}{englishWay}."),
            RetryAfter = exceeded.RetryAfter,
        };
    }

    private static string Count(int minutes) => minutes == 1 ? "1 minute" : $"{minutes} minutes";
}
