using Microsoft.AspNetCore.Cors.Infrastructure;
using ProSanteConnect.Server.Shared.Clients;

namespace ProSanteConnect.Server.Protocol;

/// <summary>
/// Which pages of other origins may call which endpoint: everybody reads the public documents, the pages of a registered
/// redirect URI may redeem, refresh, revoke and read UserInfo, and nobody calls the authorization page by script (RFC 9700, 2.6).
/// </summary>
internal sealed class ProtocolCors(ClientDirectory clients) : ICorsPolicyProvider
{
    private static readonly string[] Documents = [ProtocolPaths.WalletConfiguration, ProtocolPaths.Configuration, ProtocolPaths.JsonWebKeySet];
    private static readonly string[] Endpoints = [ProtocolPaths.Token, ProtocolPaths.UserInfo, ProtocolPaths.Revocation];

    private static readonly CorsPolicy Public = new CorsPolicyBuilder().AllowAnyOrigin().WithMethods(HttpMethods.Get).Build();

    // Credentials stay out: no cookie ever counts at these endpoints.
    private readonly CorsPolicy _registered = new CorsPolicyBuilder()
        .SetIsOriginAllowed(clients.IsRegisteredOrigin)
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithHeaders("Authorization", "Content-Type")
        .WithExposedHeaders("WWW-Authenticate", "Retry-After")
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
        .Build();

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var path = context.Request.Path.Value!.Trim('/');
        return Task.FromResult(
            Documents.Contains(path, StringComparer.OrdinalIgnoreCase) ? Public
            : Endpoints.Contains(path, StringComparer.OrdinalIgnoreCase) ? _registered
            : null);
    }
}
