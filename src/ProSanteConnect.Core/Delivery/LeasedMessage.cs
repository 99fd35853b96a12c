namespace ProSanteConnect.Core.Delivery;

/// <summary>A message that one attempt holds, with its content.</summary>
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
