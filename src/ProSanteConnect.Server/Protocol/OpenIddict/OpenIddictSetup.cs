using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Server.Protocol.Handlers;
using ProSanteConnect.Server.Shared.Origins;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace ProSanteConnect.Server.Protocol.OpenIddict;

/// <summary>The engine: which endpoints and flows it answers, and where our handlers take the place of its own.</summary>
internal static class OpenIddictSetup
{
    private static readonly string[] Scopes =
    [
        "openid", "scope_all", "profile", "identity", "email", "rpps", "referentiel", "interop", "scope_1", "scope_2", "acr", "basic", "eidas1", "eidas2",
    ];

    public static void AddEngine(this IServiceCollection services)
    {
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<ProtocolOptions>, TimeProvider>((engine, protocol, clock) =>
        {
            engine.AuthorizationCodeLifetime = protocol.Value.CodeLifetime;
            engine.AccessTokenLifetime = engine.IdentityTokenLifetime = protocol.Value.AccessTokenLifetime;
            engine.RefreshTokenLifetime = protocol.Value.RefreshTokenIdleTime;
            engine.TimeProvider = clock;
        });
        services.AddOpenIddict()
            .AddCore(core => core
                .SetDefaultApplicationEntity<Client>()
                .ReplaceApplicationStore<Client, ClientStore>(ServiceLifetime.Singleton)
                .ReplaceApplicationManager<Client, ClientManager>()
                .DisableEntityCaching())
            .AddServer(server =>
            {
                SetEndpoints(server);
                SetPolicies(server);
                ReplaceTokenFormats(server);
                AddHandlers(server);

                server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableStatusCodePagesIntegration()
                    .SetRealm("esante-wallet")
                    // Which origins are answered for is decided before the engine sees a request.
                    .DisableTransportSecurityRequirement();
            });
    }

    private static void SetEndpoints(OpenIddictServerBuilder server) => server
        .SetAuthorizationEndpointUris(ProtocolPaths.WalletAuthorization, ProtocolPaths.Authorization)
        .SetTokenEndpointUris(ProtocolPaths.Token)
        .SetIntrospectionEndpointUris(ProtocolPaths.Introspection)
        .SetUserInfoEndpointUris(ProtocolPaths.UserInfo)
        .SetEndSessionEndpointUris(ProtocolPaths.EndSession)
        .SetJsonWebKeySetEndpointUris(ProtocolPaths.JsonWebKeySet)
        .SetRevocationEndpointUris(ProtocolPaths.Revocation)
        .SetConfigurationEndpointUris(ProtocolPaths.WalletConfiguration, ProtocolPaths.Configuration);

    private static void SetPolicies(OpenIddictServerBuilder server)
    {
        server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow();
        server.RegisterScopes(Scopes);

        // Grants are rows of ours, and tokens are no rows (design §1, decision 11).
        server.DisableTokenStorage().DisableAuthorizationStorage();

        // Which scopes exist and who may ask for them is ValidateScope's question.
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.Configure(options => options.CodeChallengeMethods.Remove("plain"));
    }

    /// <summary>Codes and tokens are written and read by us; of the engine's own formats nothing is left.</summary>
    private static void ReplaceTokenFormats(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(Protection.AttachSecurityCredentials.Descriptor)
            .RemoveEventHandler(Protection.AttachTokenSubject.Descriptor)
            .RemoveEventHandler(Protection.AttachTokenMetadata.Descriptor)
            .RemoveEventHandler(Protection.GenerateIdentityModelToken.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor)
            .RemoveEventHandler(Discovery.AttachSigningKeys.Descriptor)
            .RemoveEventHandler(Discovery.AttachSigningAlgorithms.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Introspection.ValidateTokenType.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor)
            .RemoveEventHandler(OpenIddictServerHandlers.Revocation.ValidateAuthorizedParty.Descriptor);

        // OpenIddict requires keys at start and never uses these: SigningKeys and TokenWriter have the real ones.
        server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
        server.AddSigningKey(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)));
    }

    private static void AddHandlers(OpenIddictServerBuilder server) => server
        .RemoveEventHandler(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor)
        .RemoveEventHandler(OpenIddictServerAspNetCoreHandlers.ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor)
        .RemoveEventHandler(OpenIddictServerAspNetCoreHandlers.ProcessChallengeErrorResponse<ApplyUserInfoResponseContext>.Descriptor)
        .AddEventHandler(ResolveIssuer.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractAuthorizationRequestContext>.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractTokenRequestContext>.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractIntrospectionRequestContext>.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractRevocationRequestContext>.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractUserInfoRequestContext>.Descriptor)
        .AddEventHandler(ValidateParameters<ExtractEndSessionRequestContext>.Descriptor)
        .AddEventHandler(IgnoreParameters<ExtractAuthorizationRequestContext>.Descriptor)
        .AddEventHandler(IgnoreParameters<ExtractTokenRequestContext>.Descriptor)
        .AddEventHandler(HandleRefreshTokenLogout.Descriptor)
        .AddEventHandler(ResolveAuthorizationRequest.Descriptor)
        .AddEventHandler(ResolveRepeatedCredentials.Descriptor)
        .AddEventHandler(ExtractUserInfoParameters.Descriptor)
        .AddEventHandler(RejectRequestUri.Descriptor)
        .AddEventHandler(ValidateRedirectUriPresence.Descriptor)
        .AddEventHandler(ValidateCodeChallenge.Descriptor)
        .AddEventHandler(ValidateCodeVerifier.Descriptor)
        .AddEventHandler(ValidateScope.AuthorizationDescriptor)
        .AddEventHandler(ValidateScope.TokenDescriptor)
        .AddEventHandler(ValidateToken.Descriptor)
        .AddEventHandler(RedeemGrant.Descriptor)
        .AddEventHandler(EvaluateIssuedTokens.Descriptor)
        .AddEventHandler(GenerateToken.Descriptor)
        .AddEventHandler(AttachTokenMembers.Descriptor)
        .AddEventHandler(AttachRegisteredRedirectUri.Descriptor)
        .AddEventHandler(ApplySeeOtherResponse.Descriptor)
        .AddEventHandler(ApplyFormPostResponse.Descriptor)
        .AddEventHandler(ApplyInvalidTokenError.Descriptor)
        .AddEventHandler(HandleUserInfo.Descriptor)
        .AddEventHandler(HandleIntrospection.Descriptor)
        .AddEventHandler(HandleRevocation.Descriptor)
        .AddEventHandler(HandleJsonWebKeySet.Descriptor)
        .AddEventHandler(AttachDiscoveryMetadata.Descriptor)
        .AddEventHandler(ApplyInvalidClientError<ApplyTokenResponseContext>.Descriptor)
        .AddEventHandler(ApplyInvalidClientError<ApplyIntrospectionResponseContext>.Descriptor)
        .AddEventHandler(ApplyInvalidClientError<ApplyRevocationResponseContext>.Descriptor)
        .AddEventHandler(RejectRepeatedClientFailures<ApplyTokenResponseContext>.Descriptor)
        .AddEventHandler(RejectRepeatedClientFailures<ApplyIntrospectionResponseContext>.Descriptor)
        .AddEventHandler(RejectRepeatedClientFailures<ApplyRevocationResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyAuthorizationResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyTokenResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyIntrospectionResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyRevocationResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyUserInfoResponseContext>.Descriptor)
        .AddEventHandler(ApplyErrorDescription<ApplyEndSessionResponseContext>.Descriptor);
}

/// <summary>
/// OpenIddict's options for each issuer under which it answers: one in production, one per called origin in the sandbox. The cache is
/// bounded, because a caller of the sandbox chooses the port of the origin.
/// </summary>
internal sealed class EngineOptionsCache(IOptionsFactory<OpenIddictServerOptions> factory) : IDisposable
{
    private const int MaxIssuers = 100;

    private readonly MemoryCache _options = new(new MemoryCacheOptions { SizeLimit = MaxIssuers });

    /// <summary>The number of cached issuers.</summary>
    public int Count => _options.Count;

    public OpenIddictServerOptions For(string issuer) => _options.GetOrCreate(issuer, entry =>
    {
        entry.Size = 1;
        return Create(issuer);
    })!;

    public void Dispose() => _options.Dispose();

    private OpenIddictServerOptions Create(string issuer)
    {
        var options = factory.Create(Options.DefaultName);
        options.Issuer = new Uri(issuer);
        return options;
    }
}

/// <summary>Lets the engine answer under the issuer that the request's origin stands for.</summary>
internal sealed class ResolveIssuer(PublicOrigins origins, EngineOptionsCache cache) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
            .UseSingletonHandler<ResolveIssuer>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        var request = context.Transaction.Http.Request;
        context.Transaction.Options = cache.For(origins.Issuer(request));
        return ValueTask.CompletedTask;
    }
}
