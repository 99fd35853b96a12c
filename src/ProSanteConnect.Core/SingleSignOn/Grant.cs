namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>
/// The sign-in of a session at one relying party. It holds the hash of the authorization code; access and refresh tokens refer
/// to it, because they are not rows themselves (design §1, decision 11).
/// </summary>
public sealed class Grant
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required string ClientId { get; init; }

    /// <summary>The scopes that were granted, separated by spaces.</summary>
    public required string Scope { get; init; }

    public string? Nonce { get; init; }
    public required string RedirectUri { get; init; }

    /// <summary>The PKCE challenge and its method (RFC 7636), when the request carried one.</summary>
    public string? CodeChallenge { get; init; }

    public string? CodeChallengeMethod { get; init; }

    /// <summary>The level of assurance in the ID token: the one that the sign-in reached, or the requested one (<c>Client.EchoRequestedAcr</c>).</summary>
    public required string Acr { get; init; }

    /// <summary>The number of the level that the relying party requested: 1 for <c>eidas1</c> (psc-protocol §13, D16).</summary>
    public required int AuthLevel { get; init; }

    /// <summary>SHA-256 of the authorization code; the code itself, 256 random bits, is never stored.</summary>
    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CodeExpiresAt { get; init; }
    public GrantStatus Status { get; private set; }

    /// <summary>The number of rotations of the refresh token; where rotation is strict, the present token carries it.</summary>
    public int Generation { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of its session at the latest; the row may be removed after it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A token that was revoked by itself (RFC 7009): its <c>jti</c>, kept until the token would have expired.</summary>
public sealed class RevokedToken
{
    public required Guid Jti { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
