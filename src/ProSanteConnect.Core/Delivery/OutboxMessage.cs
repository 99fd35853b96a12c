namespace ProSanteConnect.Core.Delivery;

/// <summary>
/// A message to a holder, waiting for a gateway. It is written in the transaction of the change that it reports, so that both
/// are committed or neither.
/// </summary>
public sealed class OutboxMessage
{
    public const int MaxKeyLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Identifies the message, also to the receiver when it is sent twice.</summary>
    public required string IdempotencyKey { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The name of the template; it contains no personal data, so operators may see it.</summary>
    public required string Template { get; init; }

    /// <summary>Recipient, language and model, sealed under the master key; empty once the message is sent or has expired.</summary>
    public required byte[] Payload { get; init; }

    public long? PractitionerId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The earliest time of the next attempt; each failure postpones it.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The end of the lease; then another worker may take the message.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>The attempt that holds the lease; only it may settle the message.</summary>
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
