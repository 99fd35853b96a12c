using System.Collections.Immutable;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Origins;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Completes the discovery document (OpenID Connect Discovery 3; psc-protocol §2.3): the endpoints under the issuer's own
/// host, the authorization page of the wallet in the wallet's document, and only what works.
/// </summary>
internal sealed class AttachDiscoveryMetadata(PublicOrigins origins) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    private static readonly ImmutableArray<string> GrantTypes =
    [
        OpenIddictConstants.GrantTypes.AuthorizationCode, OpenIddictConstants.GrantTypes.RefreshToken, OpenIddictConstants.GrantTypes.ClientCredentials,
    ];

    private static readonly ImmutableArray<string> SigningAlgorithms = ["RS256"];
    private static readonly ImmutableArray<string> AuthenticationMethods = ["client_secret_basic", "client_secret_post"];

    private static readonly ImmutableArray<string> Claims =
    [
        "aud", "sub", "iss", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "sid", "given_name", "family_name", "preferred_username",
        "email_verified", ClaimNames.SubjectNameId, ClaimNames.RefPro, ClaimNames.Role, ClaimNames.Organization, ClaimNames.OrganizationId,
        ClaimNames.ActiveSector, ClaimNames.AuthenticationLevel, ClaimNames.Locale, ClaimNames.UserInfoVersion, ClaimNames.AccessMode,
        ClaimNames.AccessRegulation, ClaimNames.OtherIds, ClaimNames.AuthMode, ClaimNames.CivilityCode, ClaimNames.KindOfActivityCode,
    ];

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
            .UseSingletonHandler<AttachDiscoveryMetadata>()
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        var request = context.Transaction.Http.Request;
        var auth = new Uri(origins.Auth(request) + "/");
        var isWalletDocument = request.Path.Value!.Contains("wallet-openid-configuration", StringComparison.Ordinal);
        context.AuthorizationEndpoint = isWalletDocument
            ? new Uri(new Uri(origins.Wallet(request) + "/"), ProtocolPaths.WalletAuthorization)
            : new Uri(auth, ProtocolPaths.Authorization);
        context.TokenEndpoint = new Uri(auth, ProtocolPaths.Token);
        context.IntrospectionEndpoint = new Uri(auth, ProtocolPaths.Introspection);
        context.UserInfoEndpoint = new Uri(auth, ProtocolPaths.UserInfo);
        context.EndSessionEndpoint = new Uri(auth, ProtocolPaths.EndSession);
        context.JsonWebKeySetEndpoint = new Uri(auth, ProtocolPaths.JsonWebKeySet);
        context.RevocationEndpoint = new Uri(auth, ProtocolPaths.Revocation);

        Replace(context.IdTokenSigningAlgorithms, SigningAlgorithms);
        Replace(context.Claims, Claims);
        // No token outlives its session (RIE-PS 13): there is no offline access.
        context.Scopes.Remove(OpenIddictConstants.Scopes.OfflineAccess);
        // Other features add grants that no relying party can use.
        Replace(context.GrantTypes, GrantTypes);
        Replace(context.TokenEndpointAuthenticationMethods, ["client_secret_basic", "client_secret_post", "none"]);
        Replace(context.IntrospectionEndpointAuthenticationMethods, AuthenticationMethods);
        Replace(context.RevocationEndpointAuthenticationMethods, ["client_secret_basic", "client_secret_post", "none"]);
        Replace(context.PromptValues, ["none", "login", "consent", "select_account"]);
        context.Metadata["acr_values_supported"] = AcrValues.Supported.Select(value => (string?)value).ToImmutableArray();
        context.Metadata["claim_types_supported"] = ImmutableArray.Create<string?>("normal");
        context.Metadata["claims_parameter_supported"] = false;
        context.Metadata["request_parameter_supported"] = false;
        context.Metadata["request_uri_parameter_supported"] = false;
        context.Metadata["ui_locales_supported"] = ImmutableArray.Create<string?>("fr", "en");
        context.Metadata["authorization_response_iss_parameter_supported"] = true;
        // Omit disabled features.
        foreach (var name in new[] { "tls_client_certificate_bound_access_tokens", "require_pushed_authorization_requests", "mtls_endpoint_aliases" })
            context.Metadata[name] = default(OpenIddictParameter);
        return ValueTask.CompletedTask;
    }

    private static void Replace(HashSet<string> set, IEnumerable<string> values)
    {
        set.Clear();
        set.UnionWith(values);
    }
}

internal static class DiscoveryCaching
{
    /// <summary>Short enough for an emergency removal of a key, long enough to spare a fetch per sign-in.</summary>
    public const string CacheControl = "public, max-age=300";
}
