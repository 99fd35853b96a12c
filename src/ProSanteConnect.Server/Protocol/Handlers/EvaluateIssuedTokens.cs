using OpenIddict.Server;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Gives a refresh token with each sign-in of a client that may use it, without <c>offline_access</c>: so does PSC's engine.
/// </summary>
internal sealed class EvaluateIssuedTokens(ClientDirectory clients) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseSingletonHandler<EvaluateIssuedTokens>()
            .SetOrder(OpenIddictServerHandlers.EvaluateGeneratedTokens.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token) return ValueTask.CompletedTask;

        var refreshes = context.Transaction.Grant is not null
            && clients.Find(context.ClientId)?.GrantTypes.Contains(GrantTypes.RefreshToken) == true;
        context.GenerateRefreshToken = context.IncludeRefreshToken = refreshes;
        if (context.Transaction.Grant is null) context.GenerateIdentityToken = context.IncludeIdentityToken = false;
        return ValueTask.CompletedTask;
    }
}
