using Microsoft.AspNetCore.Cors.Infrastructure;
using ProSanteConnect.Server.Protocol.Handlers;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Protocol.UserInfo;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Hosting;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Protocol;

/// <summary>OpenID Connect on the wire.</summary>
internal static class ProtocolFeature
{
    public static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ProtocolOptions>().BindConfiguration("Protocol").ValidateDataAnnotations();

        services.AddSingleton<EngineOptionsCache>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenWriter>();
        services.AddSingleton<TokenReader>();
        services.AddSingleton<PractitionerClaims>();
        services.AddSingleton<Snapshots>();
        services.AddHostedService(provider => provider.GetRequiredService<Snapshots>());
        services.AddScoped<CodeIssuer>();
        services.AddScoped<GrantReplay>();
        services.AddScoped<CardRevocationCheck>();
        services.AddScoped<AuthorizeEndpoint>();
        services.AddHealthChecks().AddCheck<SigningKeysCheck>("signing_keys", tags: [HealthTags.Ready]);
        services.AddEngine();
        services.Configure<RequestMethodOptions>(methods =>
        {
            foreach (var path in ProtocolPaths.Read) methods.ByPath[$"/{path}"] = [HttpMethods.Get];
            foreach (var path in ProtocolPaths.Posted) methods.ByPath[$"/{path}"] = [HttpMethods.Post];
            foreach (var path in ProtocolPaths.ReadOrPosted) methods.ByPath[$"/{path}"] = [HttpMethods.Get, HttpMethods.Post];
        });
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, ProtocolCors>();
        return services;
    }

    /// <summary>Answers the browsers of relying parties (CORS); goes after <c>UseSingleSlashes</c> and before <c>UseAuthentication</c>, in which the engine answers.</summary>
    public static IApplicationBuilder UseProtocolCors(this IApplicationBuilder app) => app.UseCors();

    public static void MapProtocol(this IEndpointRouteBuilder app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Post];
        foreach (var path in new[] { ProtocolPaths.WalletAuthorization, ProtocolPaths.Authorization })
            app.MapMethods(path, methods, AuthorizeEndpoint.Answer);
    }
}
