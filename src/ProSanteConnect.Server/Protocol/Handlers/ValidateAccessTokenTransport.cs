using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Takes an access token from the header or from a posted form, not from both (RFC 6750, 2), and never from the address,
/// which ends in logs and histories (RFC 9700, 4.3.2).
/// </summary>
internal sealed class ValidateAccessTokenTransport : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractUserInfoRequestContext>()
            .UseSingletonHandler<ValidateAccessTokenTransport>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractAccessToken<ExtractUserInfoRequestContext>.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request?.AccessToken)) return ValueTask.CompletedTask;

        var request = context.Transaction.Http.Request;
        if (HttpMethods.IsGet(request.Method))
            context.Request.AccessToken = null;
        else if (request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            context.Reject(Errors.InvalidRequest, "The access token must be sent once, in the header or in the body.");
        return ValueTask.CompletedTask;
    }
}
