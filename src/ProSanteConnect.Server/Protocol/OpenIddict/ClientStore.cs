using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Oidc = OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.Protocol.OpenIddict;

/// <summary>
/// Shows the relying parties in memory to the engine, which only ever reads them: they are changed by <c>psc clients</c> and
/// <c>clients.json</c>, never through the engine (design §1, decision 12).
/// </summary>
internal sealed class ClientStore(ClientDirectory clients) : IOpenIddictApplicationStore<Client>
{
    /// <summary>What the engine asks of a client again and again, computed once for each version of it.</summary>
    private static readonly ConditionalWeakTable<Client, ClientRights> Rights = [];

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => new(clients.Snapshot?.All.Count ?? 0);

    public ValueTask<Client?> FindByIdAsync(string identifier, CancellationToken cancellationToken) => new(clients.Find(identifier));

    public ValueTask<Client?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) => new(clients.Find(identifier));

    public IAsyncEnumerable<Client> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        All().Where(client => client.PostLogoutRedirectUris.Contains(uri)).ToAsyncEnumerable();

    public IAsyncEnumerable<Client> FindByRedirectUriAsync(string uri, CancellationToken cancellationToken) =>
        All().Where(client => client.RedirectUris.Contains(uri)).ToAsyncEnumerable();

    public IAsyncEnumerable<Client> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        All().Skip(offset ?? 0).Take(count ?? int.MaxValue).ToAsyncEnumerable();

    public ValueTask<string?> GetIdAsync(Client application, CancellationToken cancellationToken) => new(application.ClientId);

    public ValueTask<string?> GetClientIdAsync(Client application, CancellationToken cancellationToken) => new(application.ClientId);

    /// <summary>The hashes, one a line; <see cref="ClientManager"/> compares with them.</summary>
    public ValueTask<string?> GetClientSecretAsync(Client application, CancellationToken cancellationToken) =>
        new(string.Join('\n', application.SecretHashes));

    public ValueTask<string?> GetClientTypeAsync(Client application, CancellationToken cancellationToken) =>
        new(application.IsPublic ? ClientTypes.Public : ClientTypes.Confidential);

    public ValueTask<string?> GetApplicationTypeAsync(Client application, CancellationToken cancellationToken) =>
        new(ApplicationTypes.Web);

    // The legal base of Pro Santé Connect is not consent (security-checklist 10.7): there is no consent page.
    public ValueTask<string?> GetConsentTypeAsync(Client application, CancellationToken cancellationToken) =>
        new(ConsentTypes.Implicit);

    public ValueTask<string?> GetDisplayNameAsync(Client application, CancellationToken cancellationToken) => new(application.Name);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(Client application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<CultureInfo, string>.Empty);

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(Client application, CancellationToken cancellationToken) => new((JsonWebKeySet?)null);

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(Client application, CancellationToken cancellationToken) =>
        new(RightsOf(application).Permissions);

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(Client application, CancellationToken cancellationToken) =>
        new(RightsOf(application).Requirements);

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(Client application, CancellationToken cancellationToken) =>
        new(RightsOf(application).PostLogoutRedirectUris);

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(Client application, CancellationToken cancellationToken) =>
        new(RightsOf(application).RedirectUris);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(Client application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<string, JsonElement>.Empty);

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(Client application, CancellationToken cancellationToken) =>
        new(ImmutableDictionary<string, string>.Empty);

    private static ClientRights RightsOf(Client client) => Rights.GetValue(client, static c => new ClientRights(c));

    private IEnumerable<Client> All() => clients.Snapshot?.All ?? [];

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<Client>, IQueryable<TResult>> query, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask CreateAsync(Client application, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask DeleteAsync(Client application, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask UpdateAsync(Client application, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<Client> InstantiateAsync(CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<Client>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw ReadOnly();

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<Client>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetApplicationTypeAsync(Client application, string? type, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetClientIdAsync(Client application, string? identifier, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetClientSecretAsync(Client application, string? secret, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetClientTypeAsync(Client application, string? type, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetConsentTypeAsync(Client application, string? type, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetDisplayNameAsync(Client application, string? name, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetDisplayNamesAsync(Client application, ImmutableDictionary<CultureInfo, string> names, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetJsonWebKeySetAsync(Client application, JsonWebKeySet? set, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetPermissionsAsync(Client application, ImmutableArray<string> permissions, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetPostLogoutRedirectUrisAsync(Client application, ImmutableArray<string> uris, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetPropertiesAsync(Client application, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetRedirectUrisAsync(Client application, ImmutableArray<string> uris, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetRequirementsAsync(Client application, ImmutableArray<string> requirements, CancellationToken cancellationToken) => throw ReadOnly();

    public ValueTask SetSettingsAsync(Client application, ImmutableDictionary<string, string> settings, CancellationToken cancellationToken) => throw ReadOnly();

    private static NotSupportedException ReadOnly() => new("Relying parties are not changed through the engine.");
}

/// <summary>Compares client secrets as we store them: 256 random bits behind one SHA-256, in constant time.</summary>
internal sealed class ClientManager(
    IOpenIddictApplicationCache<Client> cache,
    ILogger<OpenIddictApplicationManager<Client>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Client> store) : OpenIddictApplicationManager<Client>(cache, logger, options, store)
{
    protected override ValueTask<bool> ValidateClientSecretAsync(
        string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(ClientSecret.Matches(secret, comparand.Split('\n')));

    public override ValueTask<bool> ValidateRedirectUriAsync(Client application, string uri, CancellationToken cancellationToken = default) =>
        new(application.AllowsRedirectUri(uri));
}

/// <summary>A client's policies in the engine's words.</summary>
internal sealed class ClientRights
{
    public ClientRights(Client client)
    {
        var permissions = ImmutableArray.CreateBuilder<string>();
        permissions.Add(Oidc.Permissions.Endpoints.Token);
        permissions.Add(Oidc.Permissions.Endpoints.EndSession);
        permissions.Add(Oidc.Permissions.Endpoints.Revocation);
        // A public client cannot prove who it is: it introspects nothing (RFC 7662, 2.1).
        if (!client.IsPublic) permissions.Add(Oidc.Permissions.Endpoints.Introspection);
        if (client.GrantTypes.Contains(Oidc.GrantTypes.AuthorizationCode))
        {
            permissions.Add(Oidc.Permissions.Endpoints.Authorization);
            permissions.Add(Oidc.Permissions.ResponseTypes.Code);
        }

        permissions.AddRange(client.GrantTypes.Select(grantType => Oidc.Permissions.Prefixes.GrantType + grantType));
        Permissions = permissions.ToImmutable();
        Requirements = client.RequirePkce || client.IsPublic
            ? [Oidc.Requirements.Features.ProofKeyForCodeExchange]
            : [];
        RedirectUris = [.. client.RedirectUris];
        PostLogoutRedirectUris = [.. client.PostLogoutRedirectUris];
    }

    public ImmutableArray<string> Permissions { get; }
    public ImmutableArray<string> Requirements { get; }
    public ImmutableArray<string> RedirectUris { get; }
    public ImmutableArray<string> PostLogoutRedirectUris { get; }
}
