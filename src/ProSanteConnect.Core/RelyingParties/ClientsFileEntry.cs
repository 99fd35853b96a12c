namespace ProSanteConnect.Core.RelyingParties;

/// <summary>One client as <c>clients.json</c> spells it. What is left out has the same default as in <see cref="ClientRegistration"/>.</summary>
internal sealed record ClientsFileEntry
{
    private const int MaxSecrets = 2;
    private const int Sha256Digits = 64;
    private const int ClearSecretMinLength = 32;

    public string ClientId { get; init; } = "";
    public string Name { get; init; } = "";
    public ClientType Type { get; init; }
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];
    public IReadOnlyList<string> GrantTypes { get; init; } = ClientRegistration.DefaultGrantTypes;
    public IReadOnlyList<string> Scopes { get; init; } = ClientRegistration.DefaultScopes;
    public bool? RequirePkce { get; init; }
    public bool? StrictRefreshRotation { get; init; }
    public bool MayIntrospectOthers { get; init; }

    /// <summary>The hexadecimal SHA-256 of the secrets in force, one or two; left out, <c>psc clients rotate-secret</c> rules.</summary>
    public IReadOnlyList<string>? SecretSha256 { get; init; }

    /// <summary>A secret in clear, in a sandbox only, where it is meant to be read.</summary>
    public string? Secret { get; init; }

    private ClientRegistration Registration => new()
    {
        ClientId = ClientId,
        Name = Name,
        Type = Type,
        RedirectUris = RedirectUris,
        PostLogoutRedirectUris = PostLogoutRedirectUris,
        GrantTypes = GrantTypes,
        Scopes = Scopes,
        RequirePkce = RequirePkce,
        StrictRefreshRotation = StrictRefreshRotation,
        MayIntrospectOthers = MayIntrospectOthers,
    };

    internal IEnumerable<IReadOnlyList<string>> Lists => [RedirectUris, PostLogoutRedirectUris, GrantTypes, Scopes, SecretSha256 ?? []];

    // Null when the file says nothing of secrets.
    private IReadOnlyList<string>? SecretHashes => (Secret, SecretSha256) switch
    {
        ({ } secret, _) => [ClientSecret.HashOf(secret)],
        (_, { } hashes) => [.. hashes.Select(hash => hash.ToLowerInvariant())],
        _ => null,
    };

    public Client ToClient(DateTimeOffset now)
    {
        var client = Registration.ToClient(now);
        client.SecretHashes = SecretHashes ?? [];
        return client;
    }

    public void CopyTo(Client client)
    {
        Registration.CopyTo(client);
        client.SecretHashes = SecretHashes ?? client.SecretHashes;
    }

    public IEnumerable<ClientFailure> Check(bool clearSecretsAllowed) =>
    [
        .. ClientRules.Check(Registration),
        .. Type == ClientType.Public ? CheckNoSecret() : [],
        .. CheckHashes(),
        .. CheckClearSecret(clearSecretsAllowed),
    ];

    private IEnumerable<ClientFailure> CheckNoSecret()
    {
        if (Secret is not null) yield return new ClientFailure("secret", "un client public n'a pas de secret.");
        if (SecretSha256 is not null) yield return new ClientFailure("secretSha256", "un client public n'a pas de secret.");
    }

    private IEnumerable<ClientFailure> CheckHashes()
    {
        if (SecretSha256 is null) yield break;

        if (SecretSha256.Count is 0 or > MaxSecrets)
            yield return new ClientFailure("secretSha256", $"de 1 à {MaxSecrets} empreintes, et non {SecretSha256.Count}.");
        foreach (var hash in SecretSha256.Where(hash => hash.Length != Sha256Digits || !hash.All(char.IsAsciiHexDigit)))
            yield return new ClientFailure("secretSha256", $"« {hash} » n'a pas {Sha256Digits} chiffres hexadécimaux (sha256sum du secret, sans fin de ligne).");
    }

    private IEnumerable<ClientFailure> CheckClearSecret(bool allowed)
    {
        if (Secret is null) yield break;

        if (!allowed) yield return new ClientFailure("secret", "un secret en clair n'est admis que dans le bac à sable ; donnez secretSha256.");
        if (SecretSha256 is not null) yield return new ClientFailure("secret", "donnez secret ou secretSha256, et non les deux.");
        if (Secret.Length < ClearSecretMinLength)
            yield return new ClientFailure("secret", $"au moins {ClearSecretMinLength} caractères, et non {Secret.Length}.");
    }
}
