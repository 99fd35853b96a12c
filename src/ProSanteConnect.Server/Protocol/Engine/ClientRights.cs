using System.Collections.Immutable;
using ProSanteConnect.Core.RelyingParties;
using Oidc = OpenIddict.Abstractions.OpenIddictConstants;

namespace ProSanteConnect.Server.Protocol.Engine;

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
