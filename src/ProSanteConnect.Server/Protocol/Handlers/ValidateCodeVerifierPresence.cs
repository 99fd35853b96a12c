using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Server.Protocol.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

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
