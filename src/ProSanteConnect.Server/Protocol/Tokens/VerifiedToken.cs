namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>A token of ours whose signature and issuer were verified. Whether its time, grant and session hold is asked apart.</summary>
internal sealed record VerifiedToken
{
    public required TokenKind Kind { get; init; }
    public required Guid Jti { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }

    /// <summary>The relying party it was issued to.</summary>
    public required string ClientId { get; init; }

    public required string Scope { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The grant that it holds by; null for a client's own token (client_credentials).</summary>
    public Guid? GrantId { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>Of a refresh token: the generation of its grant that it was made for.</summary>
    public int Generation { get; init; }

    public DateTimeOffset? AuthenticatedAt { get; init; }
    public string? Nonce { get; init; }
    public string? Acr { get; init; }
    public string? AuthMode { get; init; }
    public string? PreferredUsername { get; init; }
}
