using OpenIddict.Server;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.UserInfo;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>Answers UserInfo with the document of the practitioner (OpenID Connect Core 5.3).</summary>
internal sealed class HandleUserInfo(PractitionerClaims claims, PscDb db) : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleUserInfoRequestContext>()
            .UseScopedHandler<HandleUserInfo>()
            .SetOrder(OpenIddictServerHandlers.UserInfo.AttachPrincipal.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        if (context.Transaction.Grant is not { } live)
        {
            context.Reject(Errors.InvalidToken, "This token belongs to a client and to no practitioner.");
            return;
        }

        var http = context.Transaction.Http;
        var document = await claims.UserInfoAsync(db, live, context.Transaction.Token!.Scope, http.RequestAborted);
        await JsonResponse.WriteAsync(http.Response, document);
        context.HandleRequest();
    }
}
