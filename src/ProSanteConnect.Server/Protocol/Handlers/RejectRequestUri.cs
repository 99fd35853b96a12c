using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Refuses every <c>request_uri</c> by its own error (OpenID Connect Core 3.1.2.6): pushed requests
/// (RFC 9126) are not supported either, and no URI is ever fetched (security-checklist T17).
/// </summary>
internal sealed class RejectRequestUri : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<RejectRequestUri>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateRequestUriParameter.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (!string.IsNullOrEmpty(context.Request.RequestUri))
            context.Reject(Errors.RequestUriNotSupported, "The parameter 'request_uri' is not supported.");
        return ValueTask.CompletedTask;
    }
}
