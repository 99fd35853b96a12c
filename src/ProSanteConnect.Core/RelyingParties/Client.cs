namespace ProSanteConnect.Core.RelyingParties;

/// <summary>A relying party: who may ask, from where, for what, and under which policies.</summary>
public sealed class Client
{
    public required string ClientId { get; init; }

    /// <summary>The name that a practitioner reads on the sign-in page.</summary>
    public required string Name { get; set; }

    public required ClientType Type { get; set; }

    /// <summary>SHA-256 of the secrets in force (two while one replaces the other); secrets are 256 random bits made by us.</summary>
    public IReadOnlyList<string> SecretHashes { get; set; } = [];

    public IReadOnlyList<string> RedirectUris { get; set; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; set; } = [];

    /// <summary>For example <c>authorization_code</c>, <c>refresh_token</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string> GrantTypes { get; set; } = [];

    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Whether a code request must carry a PKCE challenge; always so for a public client (RFC 9700, 2.1.1).</summary>
    public bool RequirePkce { get; set; }

    /// <summary>
    /// Whether a refresh token is good once only. Always so for a public client; off by default for a confidential one,
    /// because PSC's engine lets such a client present the same token again while it lives (design §3).
    /// </summary>
    public bool StrictRefreshRotation { get; set; }

    /// <summary>Whether the client, a resource server, may introspect tokens that were issued to others (psc-protocol §1, 16).</summary>
    public bool MayIntrospectOthers { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    public bool IsPublic => Type == ClientType.Public;

    /// <summary>RFC 9700 2.2.2 asks it of every public client.</summary>
    public bool RotatesStrictly => IsPublic || StrictRefreshRotation;
}
