using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Sends the errors of an authorization request to the relying party, as OpenID Connect Core 3.1.2.6 asks and the engine does
/// not: but only to an address that was checked again here, never when client or address are in doubt (RFC 9700, 4.11.2).
/// </summary>
internal sealed class AttachRegisteredRedirectUri(ClientDirectory clients) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<AttachRegisteredRedirectUri>()
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.Error) || !string.IsNullOrEmpty(context.RedirectUri) || context.Request is not { } request)
            return ValueTask.CompletedTask;

        var client = clients.Find(request.ClientId);
        if (client is null || string.IsNullOrEmpty(request.RedirectUri) || !client.AllowsRedirectUri(request.RedirectUri))
            return ValueTask.CompletedTask;

        context.RedirectUri = request.RedirectUri;
        // An answer to a request whose response_mode was the error goes by the default one.
        if (request.ResponseMode is not (null or "query" or "fragment" or "form_post")) request.ResponseMode = null;
        if (string.IsNullOrEmpty(request.ResponseMode) && !request.IsImplicitFlow() && !request.IsHybridFlow()) request.ResponseMode = "query";
        return ValueTask.CompletedTask;
    }
}
