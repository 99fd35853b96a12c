using System.Text.RegularExpressions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using ProSanteConnect.Server.Protocol.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Refuses a request that repeats a parameter (RFC 6749, 3.1 and 3.2; security-checklist T21), because two parties that read different
/// values of it would not agree on the request; and a parameter with a control character, which no parameter may have and a database may
/// not store. <c>claims</c> is JSON and may contain line breaks.
/// </summary>
internal sealed class ValidateParameters<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<ValidateParameters<TContext>>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractPostRequest<TContext>.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Request is not { } request) return ValueTask.CompletedTask;

        foreach (var (name, value) in request.GetParameters())
        {
            if (value.Count > 1)
                context.Reject(Errors.InvalidRequest, $"The parameter '{name}' must not be repeated.");
            else if (name != Parameters.Claims && ((string?)value)?.Any(char.IsControl) == true)
                context.Reject(Errors.InvalidRequest, $"The parameter '{name}' contains a control character.");
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>
/// Ignores what clients of PSC send and has no meaning here: <c>resource</c> and <c>audience</c>, <c>scope</c> beside a code, which has its own, and
/// the scopes of <see cref="GrantedScopes.WithoutEffect"/> (RFC 6749, sections 3.1 and 3.2: unrecognized parameters are ignored).
/// </summary>
internal sealed class IgnoreParameters<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseValidatingContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<IgnoreParameters<TContext>>()
            .SetOrder(ValidateParameters<TContext>.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Request is not { } request) return ValueTask.CompletedTask;

        request.RemoveParameter(Parameters.Resource);
        request.RemoveParameter(Parameters.Audience);
        if (request.IsAuthorizationCodeGrantType())
            request.RemoveParameter(Parameters.Scope);
        else if (request.Scope is { Length: > 0 })
            request.Scope = string.Join(' ', request.GetScopes().Except(GrantedScopes.WithoutEffect)) is { Length: > 0 } effective ? effective : null;
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
/// Refuses an S256 code challenge that is not the base64url form of a SHA-256 (RFC 7636, 4.2), which no verifier could match.
/// </summary>
internal sealed partial class ValidateCodeChallenge : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<ValidateCodeChallenge>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateProofKeyForCodeExchangeParameters.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (context.Request is { CodeChallenge: { } challenge, CodeChallengeMethod: CodeChallengeMethods.Sha256 } && !Form().IsMatch(challenge))
            context.Reject(Errors.InvalidRequest, "The parameter 'code_challenge' must have 43 characters of base64url.");
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{43}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

/// <summary>
/// Answers <c>invalid_grant</c> when a code with a challenge is redeemed without a verifier (RFC 7636, 4.6; FAPI 2.0 tests the
/// same), where OpenIddict answers <c>invalid_request</c>, or with one that is not 43 to 128 unreserved characters (RFC 7636, 4.1).
/// </summary>
internal sealed partial class ValidateCodeVerifier : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<ValidateCodeVerifier>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateProofKeyForCodeExchangeRequirement.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType() || context.Transaction.Grant!.Grant.CodeChallenge is null) return ValueTask.CompletedTask;

        if (string.IsNullOrEmpty(context.Request.CodeVerifier))
            context.Reject(Errors.InvalidGrant, "The mandatory 'code_verifier' parameter is missing.");
        else if (!Form().IsMatch(context.Request.CodeVerifier))
            context.Reject(Errors.InvalidGrant, "The parameter 'code_verifier' must have 43 to 128 unreserved characters.");
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._~-]{43,128}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
