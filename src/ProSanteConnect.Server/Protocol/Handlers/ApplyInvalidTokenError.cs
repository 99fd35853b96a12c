using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Writes the error of UserInfo into the body as well, where OpenIddict sends the header only, and replaces OpenIddict's
/// <c>missing_token</c> by <c>invalid_token</c>. The header is written before, without an error for a request without a token (RFC 6750, 3.1).
/// </summary>
internal sealed class ApplyInvalidTokenError : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyUserInfoResponseContext>()
            .UseSingletonHandler<ApplyInvalidTokenError>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ProcessChallengeErrorResponse<ApplyUserInfoResponseContext>.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        if (context.Response.Error == Errors.MissingToken) context.Response.Error = Errors.InvalidToken;
        return ValueTask.CompletedTask;
    }
}
