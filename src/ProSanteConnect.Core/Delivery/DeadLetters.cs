using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Delivery;

/// <summary>The operator's side of the outbox. It opens no message, and so needs no master key.</summary>
public static class DeadLetters
{
    /// <summary>The operator's word: a dead letter is tried again from the start, while it is still of use.</summary>
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

/// <summary>Whether a dead letter waits again.</summary>
public abstract record SendAgainResult
{
    private SendAgainResult() { }

    public sealed record Waiting : SendAgainResult;

    public sealed record Unknown : SendAgainResult;

    /// <summary>It is no dead letter.</summary>
    public sealed record NotDead(OutboxStatus Status) : SendAgainResult;

    /// <summary>What it said is of no use any more, and was erased.</summary>
    public sealed record TooLate : SendAgainResult;
}
