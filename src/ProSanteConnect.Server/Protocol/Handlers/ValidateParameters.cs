using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Refuses a request that repeats a parameter (RFC 6749, 3.1 and 3.2; security-checklist T21). Two
/// parties that read different values of it would not agree on the request.
/// </summary>
internal sealed class RejectRepeatedParameters<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<RejectRepeatedParameters<TContext>>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractPostRequest<TContext>.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        var repeated = context.Transaction.Request?.GetParameters().FirstOrDefault(parameter => parameter.Value.Count > 1).Key;
        if (repeated is not null)
            context.Reject(Errors.InvalidRequest, $"The parameter '{repeated}' must not be repeated.");
        return ValueTask.CompletedTask;
    }
}

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

/// <summary>
/// Demands <c>redirect_uri</c> of every authorization request (OpenID Connect Core 3.1.2.1), also where the engine would fill
/// in the only registered one because <c>openid</c> was not asked for by name.
/// </summary>
internal sealed class ValidateRedirectUriPresence : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<ValidateRedirectUriPresence>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateRedirectUriParameter.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request.RedirectUri))
            context.Reject(Errors.InvalidRequest, "The mandatory 'redirect_uri' parameter is missing.");
        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// Answers <c>invalid_grant</c> when a code with a challenge is redeemed without a verifier (RFC 7636, 4.6; FAPI 2.0 tests the
/// same); OpenIddict answers <c>invalid_request</c>.
/// </summary>
internal sealed class ValidateCodeVerifierPresence : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<ValidateCodeVerifierPresence>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateProofKeyForCodeExchangeRequirement.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsAuthorizationCodeGrantType()
            && context.Transaction.Grant!.Grant.CodeChallenge is not null
            && string.IsNullOrEmpty(context.Request.CodeVerifier))
        {
            context.Reject(Errors.InvalidGrant, "The mandatory 'code_verifier' parameter is missing.");
        }

        return ValueTask.CompletedTask;
    }
}
