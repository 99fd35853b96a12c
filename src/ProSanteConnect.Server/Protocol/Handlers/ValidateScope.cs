using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>Refuses scopes that do not exist or that the client may not ask for (RFC 6749, 3.3).</summary>
internal sealed class ValidateScope(ClientDirectory clients)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>, IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor AuthorizationDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<ValidateScope>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateScopePermissions.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public static OpenIddictServerHandlerDescriptor TokenDescriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<ValidateScope>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (Unknown(context.ClientId, context.Request) is { } scope)
            context.Reject(Errors.InvalidScope, $"The scope '{scope}' is not available to this client.");
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType() && Unknown(context.ClientId, context.Request) is { } scope)
            context.Reject(Errors.InvalidScope, $"The scope '{scope}' is not available to this client.");

        // RFC 6749, 6: a refresh may ask for less than was granted, never for more.
        if (context.RefreshTokenPrincipal is { } granted && context.Request.GetScopes().FirstOrDefault(s => !granted.HasScope(s)) is { } wider)
            context.Reject(Errors.InvalidScope, $"The scope '{wider}' was not granted.");
        return ValueTask.CompletedTask;
    }

    private string? Unknown(string? clientId, OpenIddictRequest request) =>
        clients.Find(clientId) is { } client ? request.GetScopes().FirstOrDefault(scope => !client.Scopes.Contains(scope)) : null;
}
