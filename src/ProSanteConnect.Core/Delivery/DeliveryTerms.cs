namespace ProSanteConnect.Core.Delivery;

/// <summary>When a message may be sent, and what makes it the same message when it is sent twice.</summary>
public sealed record DeliveryTerms
{
    /// <summary>Unique among all messages, for example <c>activation-qr:{activation}</c>; a key that exists fails the transaction.</summary>
    public required string IdempotencyKey { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>After which the message is of no use: that of the code it carries, or some days for a notice.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>At once by default.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public long? PractitionerId { get; init; }

    /// <summary><c>fr</c> (default) or <c>en</c>.</summary>
    public string Language { get; init; } = "fr";
}
