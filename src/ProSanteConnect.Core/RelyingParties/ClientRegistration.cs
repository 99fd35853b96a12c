namespace ProSanteConnect.Core.RelyingParties;

/// <summary>What an operator says of a client, not yet checked; its secrets apart.</summary>
public sealed record ClientRegistration
{
    /// <summary>What existing clients of Pro Santé Connect ask for (psc-protocol §3.2, §4.2).</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["openid", "profile", "email", "identity", "scope_all"];

    public static IReadOnlyList<string> DefaultGrantTypes { get; } = [ClientGrantTypes.AuthorizationCode, ClientGrantTypes.RefreshToken];

    public required string ClientId { get; init; }
    public required string Name { get; init; }
    public ClientType Type { get; init; } = ClientType.Confidential;
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];
    public IReadOnlyList<string> GrantTypes { get; init; } = DefaultGrantTypes;
    public IReadOnlyList<string> Scopes { get; init; } = DefaultScopes;

    /// <summary>When nothing is said: yes for a public client, no for a confidential one.</summary>
    public bool? RequirePkce { get; init; }

    /// <summary>When nothing is said: yes for a public client, no for a confidential one.</summary>
    public bool? StrictRefreshRotation { get; init; }

    public bool MayIntrospectOthers { get; init; }

    public bool IsPublic => Type == ClientType.Public;

    public static ClientRegistration Of(Client client) => new()
    {
        ClientId = client.ClientId,
        Name = client.Name,
        Type = client.Type,
        RedirectUris = client.RedirectUris,
        PostLogoutRedirectUris = client.PostLogoutRedirectUris,
        GrantTypes = client.GrantTypes,
        Scopes = client.Scopes,
        RequirePkce = client.RequirePkce,
        StrictRefreshRotation = client.StrictRefreshRotation,
        MayIntrospectOthers = client.MayIntrospectOthers,
    };

    /// <summary>A client as registered, without a secret yet.</summary>
    internal Client ToClient(DateTimeOffset now)
    {
        var client = new Client { ClientId = ClientId, Name = Name, Type = Type, CreatedAt = now, UpdatedAt = now };
        CopyTo(client);
        return client;
    }

    internal void CopyTo(Client client)
    {
        client.Name = Name;
        client.Type = Type;
        client.RedirectUris = RedirectUris;
        client.PostLogoutRedirectUris = PostLogoutRedirectUris;
        client.GrantTypes = GrantTypes;
        client.Scopes = Scopes;
        client.RequirePkce = RequirePkce ?? IsPublic;
        client.StrictRefreshRotation = StrictRefreshRotation ?? IsPublic;
        client.MayIntrospectOthers = MayIntrospectOthers;
        if (IsPublic) client.SecretHashes = [];
    }
}
