namespace ProSanteConnect.Core.Keys;

/// <summary>
/// A key pair that signs tokens. It is announced (published, not yet used), then active, then retired (published for those
/// who hold older tokens), and at last removed: all of it is read off its instants.
/// </summary>
public sealed class SigningKey
{
    /// <summary>The place in the sequence; unique, so that of two nodes that rotate at once one wins.</summary>
    public required int Sequence { get; init; }

    /// <summary>The key identifier (<c>kid</c>): the RFC 7638 thumbprint of the public key.</summary>
    public required string Kid { get; init; }

    /// <summary>The JWS algorithm, for example RS256.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The private key (PKCS#8) under the master key.</summary>
    public required byte[] ProtectedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it begins to sign.</summary>
    public required DateTimeOffset ActiveFrom { get; set; }

    /// <summary>When it stopped, or will stop, being published; null while it has no successor.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
