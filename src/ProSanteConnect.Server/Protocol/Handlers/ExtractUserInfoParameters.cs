using System.Net.Mime;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Reads a UserInfo request: the access token comes in the header or in a posted form, not in both (RFC 6750, 2), and never in
/// the address, which ends in logs and histories (RFC 9700, 4.3.2). A POST without a body is one too, as DRIMbox sends it.
/// </summary>
internal sealed class ExtractUserInfoParameters : IOpenIddictServerHandler<ExtractUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractUserInfoRequestContext>()
            .UseSingletonHandler<ExtractUserInfoParameters>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractGetOrPostRequest<ExtractUserInfoRequestContext>.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ExtractUserInfoRequestContext context)
    {
        var http = context.Transaction.Http;
        // RFC 9110, section 11.4: one or more spaces separate the scheme from the credentials; OpenIddict removes one.
        if (HasBearer(http.Request))
            http.Request.Headers.Authorization = $"Bearer {http.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim()}";
        var isPost = HttpMethods.IsPost(http.Request.Method);
        context.Request = isPost && IsForm(http.Request)
            ? new OpenIddictRequest(await http.Request.ReadFormAsync(http.RequestAborted))
            : new OpenIddictRequest();

        if (!isPost && !HttpMethods.IsGet(http.Request.Method))
            context.Reject(Errors.InvalidRequest, "UserInfo is asked for by GET or by POST.");
        else if (!string.IsNullOrEmpty(context.Request.AccessToken) && HasBearer(http.Request))
            context.Reject(Errors.InvalidRequest, "The access token must be sent once, in the header or in the body.");
    }

    private static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith(MediaTypeNames.Application.FormUrlEncoded, StringComparison.OrdinalIgnoreCase) == true;

    private static bool HasBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
}
