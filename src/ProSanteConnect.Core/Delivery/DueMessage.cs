namespace ProSanteConnect.Core.Delivery;

/// <summary>A message that waits for an attempt, when it was looked for.</summary>
public sealed record DueMessage(Guid Id, Channel Channel, DateTimeOffset ExpiresAt);
