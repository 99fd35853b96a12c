using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// The worker's side of the outbox. One conditional UPDATE leases a message right before it is sent: of any number of workers
/// on any number of nodes one gets it. The messages of a killed worker are free again when their leases end.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though not one of .NET's collections.")]
public sealed class OutboxQueue(PscDbFactory databases, MasterKey masterKey, OutboxOptions options)
{
    private static readonly byte[] Erased = [];

    /// <summary>
    /// The due messages of each channel, oldest first and expired ones included. Each channel has its own batch, so that many mails
    /// do not delay an SMS.
    /// </summary>
    public async Task<IReadOnlyList<DueMessage>> DueAsync(IReadOnlyCollection<Channel> channels, DateTimeOffset now, CancellationToken ct)
    {
        if (channels.Count == 0) return [];

        await using var db = databases.Create();
        return await channels
            .Select(channel => Free(db, now)
                .Where(m => m.Channel == channel && m.NotBefore <= now)
                .OrderBy(m => m.NotBefore)
                .Take(options.BatchSize)
                .Select(m => new { m.Id, m.Channel, m.ExpiresAt }))
            .Aggregate((all, one) => all.Concat(one))
            .Select(m => new DueMessage(m.Id, m.Channel, m.ExpiresAt))
            .ToListAsync(ct);
    }

    /// <summary>Leases a message for one attempt; null when another worker holds it, or it was settled or has expired.</summary>
    public async Task<LeasedMessage?> LeaseAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var (lease, until) = (Guid.NewGuid(), now + options.Lease);
        await using var db = databases.Create();
        var leased = await Free(db, now)
            .Where(m => m.Id == id && m.NotBefore <= now && m.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.LeaseId, lease)
                    .SetProperty(m => m.LeasedUntil, until)
                    .SetProperty(m => m.Attempts, m => m.Attempts + 1),
                ct);
        if (leased != 1) return null;

        var message = await db.Outbox.AsNoTracking().SingleAsync(m => m.Id == id, ct);
        return new LeasedMessage(
            id, lease, message.Channel, message.IdempotencyKey, message.Attempts, message.CreatedAt, until, message.ExpiresAt,
            OutboxContent.Open(masterKey, message.Payload));
    }

    /// <summary>Records that the gateway has accepted the message, and erases its content. False when the lease was lost.</summary>
    public async Task<bool> CompleteAsync(LeasedMessage message, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await Held(db, message, OutboxTrigger.Deliver).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Status, OutboxLifeCycle.Next(OutboxTrigger.Deliver))
                .SetProperty(m => m.SettledAt, now)
                .SetProperty(m => m.Payload, Erased)
                .SetProperty(m => m.LastError, (string?)null)
                .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
            ct) == 1;
    }

    /// <summary>
    /// Postpones the message, or makes it a dead letter when the refusal is permanent or the last attempt has failed. The error is
    /// a code without a recipient.
    /// </summary>
    public async Task<FailureOutcome> FailAsync(LeasedMessage message, string error, bool isFinal, DateTimeOffset now, CancellationToken ct)
    {
        var dead = isFinal || message.Attempt >= options.MaxAttempts;
        await using var db = databases.Create();
        var settled = dead
            ? await Held(db, message, OutboxTrigger.GiveUp).ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.Status, OutboxLifeCycle.Next(OutboxTrigger.GiveUp))
                    .SetProperty(m => m.SettledAt, now)
                    .SetProperty(m => m.LastError, error)
                    .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
                ct)
            : await Held(db, message, OutboxTrigger.PutOff).ExecuteUpdateAsync(
                set => set
                    .SetProperty(m => m.NotBefore, now + options.PauseAfter(message.Attempt))
                    .SetProperty(m => m.LastError, error)
                    .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
                ct);
        return (settled, dead) switch
        {
            (0, _) => FailureOutcome.LeaseLost,
            (_, true) => FailureOutcome.Dead,
            _ => FailureOutcome.PutOff,
        };
    }

    /// <summary>Expires a message whose recipient no longer exists. False when the lease was lost.</summary>
    public async Task<bool> DropAsync(LeasedMessage message, string error, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await Held(db, message, OutboxTrigger.Expire).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Status, OutboxLifeCycle.Next(OutboxTrigger.Expire))
                .SetProperty(m => m.SettledAt, now)
                .SetProperty(m => m.Payload, Erased)
                .SetProperty(m => m.LastError, error)
                .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
            ct) == 1;
    }

    /// <summary>
    /// Expires the messages that were not sent in time and erases their content. A dead letter keeps its status, so that the
    /// operator sees it. Returns how many expired, by channel.
    /// </summary>
    public async Task<IReadOnlyDictionary<Channel, int>> ExpireAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = databases.Create();
        var counts = new Dictionary<Channel, int>();
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var count = await Free(db, now, OutboxTrigger.Expire)
                .Where(m => m.Channel == channel && m.ExpiresAt <= now)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(m => m.Status, OutboxLifeCycle.Next(OutboxTrigger.Expire))
                        .SetProperty(m => m.SettledAt, now)
                        .SetProperty(m => m.Payload, Erased)
                        .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null),
                    ct);
            if (count > 0) counts[channel] = count;
        }

        await db.Outbox
            .Where(m => m.Status == OutboxStatus.Dead && m.ExpiresAt <= now && m.Payload != Erased)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Payload, Erased), ct);
        return counts;
    }

    /// <summary>When the oldest waiting message was written, or null when none waits.</summary>
    public async Task<DateTimeOffset?> OldestWaitingAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Outbox
            .Where(m => m.Status == OutboxStatus.Waiting && m.ExpiresAt > now)
            .OrderBy(m => m.CreatedAt)
            .Select(m => (DateTimeOffset?)m.CreatedAt)
            .FirstOrDefaultAsync(ct);
    }

    private static IQueryable<OutboxMessage> Free(PscDb db, DateTimeOffset now, OutboxTrigger trigger = OutboxTrigger.Lease) =>
        db.Outbox.Movable(trigger).Where(m => m.LeasedUntil == null || m.LeasedUntil <= now);

    private static IQueryable<OutboxMessage> Held(PscDb db, LeasedMessage message, OutboxTrigger trigger) =>
        db.Outbox.Movable(trigger).Where(m => m.Id == message.Id && m.LeaseId == message.LeaseId);
}

/// <summary>A message that is due.</summary>
public sealed record DueMessage(Guid Id, Channel Channel, DateTimeOffset ExpiresAt);

/// <summary>A leased message with its content.</summary>
public sealed record LeasedMessage(
    Guid Id,
    Guid LeaseId,
    Channel Channel,
    string IdempotencyKey,
    int Attempt,
    DateTimeOffset CreatedAt,
    DateTimeOffset LeasedUntil,
    DateTimeOffset ExpiresAt,
    OutboxContent Content);

/// <summary>The result of <see cref="OutboxQueue.FailAsync"/>.</summary>
public enum FailureOutcome
{
    PutOff,
    Dead,

    /// <summary>The lease had ended and another worker holds the message.</summary>
    LeaseLost,
}
