using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Lets UserInfo say in its body too what was wrong. It stands where the engine would send the header alone; by now the
/// header has left the error out for a caller that sent no token (RFC 6750, 3.1), and the engine's own word for that goes.
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
