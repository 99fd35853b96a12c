using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Replaces <c>/auth?psc_sign_in={id}</c> by the authorization request that the sign-in interrupted (<see cref="SignInContinuation"/>),
/// for the browser that began it only. OpenIddict then validates the stored parameters like those of a new request.
/// </summary>
internal sealed class ResolveAuthorizationRequest(PendingSignIn pending) : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractAuthorizationRequestContext>()
            .UseScopedHandler<ResolveAuthorizationRequest>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor.Order + 1)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ExtractAuthorizationRequestContext context)
    {
        if ((string?)context.Request?[SignInContinuation.AuthorizationParameter] is not { Length: > 0 } text) return;

        var request = Guid.TryParse(text, out var id) ? await pending.FindAsync(id, context.CancellationToken) : null;
        if (request?.ClientId is null)
        {
            context.Transaction.Request = null;
            context.Reject(Errors.InvalidRequest, "This sign-in has expired, or was begun in another browser.");
            return;
        }

        context.Transaction.PendingSignIn = request;
        context.Transaction.Request = new OpenIddictRequest(QueryHelpers.ParseQuery(request.Continuation)
            .Select(parameter => KeyValuePair.Create(parameter.Key, new StringValues(parameter.Value.ToArray()))));
    }
}
