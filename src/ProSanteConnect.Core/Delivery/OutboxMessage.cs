namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// A message to a holder that waits to be handed to a gateway. It is written in the transaction of what it tells of, so that
/// neither is there without the other.
/// </summary>
public sealed class OutboxMessage
{
    public const int MaxKeyLength = 200;

    public required Guid Id { get; init; }

    /// <summary>What the message is about, once: a message sent twice bears it twice, so that whoever receives can tell.</summary>
    public required string IdempotencyKey { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The name of the template; the operator may see it, since it names nobody.</summary>
    public required string Template { get; init; }

    /// <summary>Recipient, language and model, sealed under the master key; empty once the message is sent or has expired.</summary>
    public required byte[] Payload { get; init; }

    public long? PractitionerId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be tried before this instant; it moves with each failure.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Until when the worker that holds the lease may try; then it counts as dead.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>The attempt that holds the message; only it may settle it.</summary>
    public Guid? LeaseId { get; private set; }

    public int Attempts { get; private set; }
    public OutboxStatus Status { get; private set; }

    /// <summary>Why the last attempt failed, as a code without a recipient (for example <c>smtp-421</c>).</summary>
    public string? LastError { get; private set; }

    /// <summary>When it was sent, expired or given up.</summary>
    public DateTimeOffset? SettledAt { get; private set; }
}

/// <summary>The ways to reach a holder.</summary>
public enum Channel
{
    Mail,
    Sms,
    Push,
}
