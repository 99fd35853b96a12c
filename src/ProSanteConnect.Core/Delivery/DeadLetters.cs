using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Delivery;

/// <summary>The operator's actions on dead letters. They decrypt no message and need no master key.</summary>
public static class DeadLetters
{
    /// <summary>Puts a dead letter that has not expired back into the queue, with all its attempts.</summary>
    public static async Task<SendAgainResult> SendAgainAsync(PscDbFactory databases, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = databases.Create();
        var moved = await db.Outbox.Movable(OutboxTrigger.SendAgain)
            .Where(m => m.Id == id && m.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.Status, OutboxLifeCycle.Next(OutboxTrigger.SendAgain))
                    .SetProperty(m => m.Attempts, 0)
                    .SetProperty(m => m.NotBefore, now)
                    .SetProperty(m => m.SettledAt, (DateTimeOffset?)null),
                ct);
        if (moved == 1) return new SendAgainResult.Waiting();

        var status = await db.Outbox.Where(m => m.Id == id).Select(m => (OutboxStatus?)m.Status).SingleOrDefaultAsync(ct);
        return status switch
        {
            null => new SendAgainResult.Unknown(),
            OutboxStatus.Dead => new SendAgainResult.TooLate(),
            { } other => new SendAgainResult.NotDead(other),
        };
    }
}

/// <summary>The result of <see cref="DeadLetters.SendAgainAsync"/>.</summary>
public abstract record SendAgainResult
{
    private SendAgainResult() { }

    public sealed record Waiting : SendAgainResult;

    public sealed record Unknown : SendAgainResult;

    /// <summary>The message is not a dead letter.</summary>
    public sealed record NotDead(OutboxStatus Status) : SendAgainResult;

    /// <summary>The message has expired, and its content was erased.</summary>
    public sealed record TooLate : SendAgainResult;
}
