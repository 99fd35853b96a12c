using static ProSanteConnect.Core.RelyingParties.ClientGrantTypes;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>The properties of a client as an operator gives them, unchecked and without secrets.</summary>
public sealed record ClientRegistration
{
    /// <summary>The scopes that existing clients of Pro Santé Connect request (psc-protocol §3.2, §4.2).</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } = ["openid", "profile", "email", "identity", "scope_all"];

    public static IReadOnlyList<string> DefaultGrantTypes { get; } = [ClientGrantTypes.AuthorizationCode, ClientGrantTypes.RefreshToken];

    public required string ClientId { get; init; }
    public required string Name { get; init; }
    public ClientType Type { get; init; } = ClientType.Confidential;
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];
    public IReadOnlyList<string> GrantTypes { get; init; } = DefaultGrantTypes;
    public IReadOnlyList<string> Scopes { get; init; } = DefaultScopes;

    /// <summary>When null: true for a public client, false for a confidential one.</summary>
    public bool? RequirePkce { get; init; }

    /// <summary>When null: true for a public client, false for a confidential one.</summary>
    public bool? StrictRefreshRotation { get; init; }

    public bool MayIntrospectOthers { get; init; }

    public bool EchoRequestedAcr { get; init; }

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
        EchoRequestedAcr = client.EchoRequestedAcr,
    };

    /// <summary>The client to register, without a secret.</summary>
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
        client.EchoRequestedAcr = EchoRequestedAcr;
        if (IsPublic) client.SecretHashes = [];
    }
}

/// <summary>The rules for registering a client. All failures are returned together.</summary>
public static class ClientRules
{
    private const int ClientIdMinLength = 3;
    private const int ClientIdMaxLength = 100;
    private const int NameMaxLength = 200;
    private const int ScopeMaxLength = 400;

    public static IReadOnlyList<ClientFailure> Check(ClientRegistration client) =>
    [
        .. CheckClientId(client.ClientId),
        .. CheckName(client.Name),
        .. CheckGrantTypes(client),
        .. CheckUris("redirectUris", client.RedirectUris, client.IsPublic),
        .. CheckUris("postLogoutRedirectUris", client.PostLogoutRedirectUris, client.IsPublic),
        .. CheckScopes(client),
        .. client.IsPublic ? CheckPublic(client) : [],
    ];

    private static IEnumerable<ClientFailure> CheckClientId(string clientId)
    {
        // No colon (it ends the user name in HTTP Basic) and no slash, so that it resembles neither a `sub` nor a FINESS identifier.
        if (clientId.Length is < ClientIdMinLength or > ClientIdMaxLength
            || !clientId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~'))
        {
            yield return new ClientFailure(
                "clientId",
                $"« {clientId} » : de {ClientIdMinLength} à {ClientIdMaxLength} caractères parmi A-Z, a-z, 0-9, « - », « . », « _ » et « ~ ».");
        }

        // RFC 9700, 4.15: a client must not be able to impersonate a person.
        if (clientId.Length > 0 && !clientId.Any(char.IsAsciiLetter))
        {
            yield return new ClientFailure("clientId", $"« {clientId} » ressemble à un identifiant national : il y faut une lettre.");
        }
    }

    private static IEnumerable<ClientFailure> CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameMaxLength || name.Any(char.IsControl))
            yield return new ClientFailure("name", $"le nom que lit le professionnel a de 1 à {NameMaxLength} caractères, sur une ligne.");
    }

    private static IEnumerable<ClientFailure> CheckGrantTypes(ClientRegistration client)
    {
        const string property = "grantTypes";
        var grantTypes = client.GrantTypes;
        var allowed = client.ClientId == PhoneApp.ClientId ? PhoneApp.GrantTypes : Known;
        foreach (var unknown in grantTypes.Except(allowed))
            yield return new ClientFailure(property, $"« {unknown} » n'est pas connu ; connus : {string.Join(", ", allowed)}.");

        foreach (var twice in Repeated(grantTypes)) yield return new ClientFailure(property, $"« {twice} » est répété.");

        // A resource server that only introspects needs no grant type.
        if (grantTypes.Count == 0 && !client.MayIntrospectOthers)
            yield return new ClientFailure(property, "il en faut un au moins, sauf pour un serveur de ressources (mayIntrospectOthers).");

        if (grantTypes.Contains(RefreshToken) && !grantTypes.Contains(AuthorizationCode))
            yield return new ClientFailure(property, $"« {RefreshToken} » ne va pas sans « {AuthorizationCode} ».");

        if (grantTypes.Contains(AuthorizationCode) && client.RedirectUris.Count == 0)
            yield return new ClientFailure("redirectUris", $"« {AuthorizationCode} » exige une adresse de retour au moins.");
    }

    private static IEnumerable<ClientFailure> CheckUris(string property, IReadOnlyList<string> uris, bool isNative)
    {
        foreach (var uri in uris)
        {
            if (RegisteredUri.FaultOf(uri, isNative) is { } fault) yield return new ClientFailure(property, $"« {uri} » {fault}");
        }

        foreach (var twice in Repeated(uris)) yield return new ClientFailure(property, $"« {twice} » est répétée.");
    }

    private static IEnumerable<ClientFailure> CheckScopes(ClientRegistration client)
    {
        const string property = "scopes";
        var scopes = client.Scopes;
        if (scopes.Count == 0 && client.GrantTypes.Contains(AuthorizationCode))
            yield return new ClientFailure(property, $"« {AuthorizationCode} » en exige un au moins.");

        // RFC 6749, 3.3: scope-token.
        foreach (var scope in scopes.Where(s => s.Length == 0 || s.Any(c => c is < '!' or > '~' or '"' or '\\')))
            yield return new ClientFailure(property, $"« {scope} » : caractères ASCII visibles, sans guillemet, espace ni barre inverse.");

        foreach (var twice in Repeated(scopes)) yield return new ClientFailure(property, $"« {twice} » est répété.");

        if (string.Join(' ', scopes).Length > ScopeMaxLength)
            yield return new ClientFailure(property, $"ensemble, {ScopeMaxLength} caractères au plus.");
    }

    /// <summary>The consequences of having no secret (RFC 9700, 2.1.1 and 4.14; RFC 6749, 4.4; RFC 7662, 2.1).</summary>
    private static IEnumerable<ClientFailure> CheckPublic(ClientRegistration client)
    {
        if (client.GrantTypes.Contains(ClientCredentials))
            yield return new ClientFailure("grantTypes", $"un client public ne peut pas avoir « {ClientCredentials} » : il n'a pas de secret.");
        if (client.RequirePkce == false)
            yield return new ClientFailure("requirePkce", "un client public exige toujours PKCE.");
        if (client.StrictRefreshRotation == false)
            yield return new ClientFailure("strictRefreshRotation", "le jeton de rafraîchissement d'un client public ne sert jamais deux fois.");
        if (client.MayIntrospectOthers)
            yield return new ClientFailure("mayIntrospectOthers", "un client public ne s'authentifie pas : il ne peut pas introspecter.");
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.GroupBy(value => value, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
}
