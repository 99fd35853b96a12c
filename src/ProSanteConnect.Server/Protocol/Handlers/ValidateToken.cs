using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Reads our codes and tokens, and checks that grant, session and practitioner are still active (design §1, decision 11). OpenIddict then
/// checks time, presenter, redirect URI and code verifier.
/// </summary>
internal sealed class ValidateToken(
    Grants grants, TokenReader reader, ClientDirectory clients, GrantReplay replay, TimeProvider clock)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
            .UseScopedHandler<ValidateToken>()
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    // Introspection and revocation ask for every kind at once; authorization codes are not accepted there.
    public ValueTask HandleAsync(ValidateTokenContext context) => context.ValidTokenTypes is { Count: 1 } types
        ? types.Single() switch
        {
            TokenTypeIdentifiers.Private.ClientAssertion => ValueTask.CompletedTask,
            TokenTypeIdentifiers.Private.AuthorizationCode => ReadCodeAsync(context),
            _ => ReadJsonWebTokenAsync(context),
        }
        : ReadJsonWebTokenAsync(context);

    private async ValueTask ReadCodeAsync(ValidateTokenContext context)
    {
        var live = await grants.FindByCodeAsync(context.Token, context.CancellationToken);
        var now = clock.GetUtcNow();
        if (live is null)
        {
            context.Reject(Errors.InvalidGrant, "The authorization code is unknown.");
            return;
        }

        if (live.Grant.Status == GrantStatus.Active)
        {
            // RFC 6749 4.1.2: a code that is presented twice may be stolen: everything issued for it ends. Another client cannot redeem it, and
            // must not be able to end what the owner has.
            if (context.Transaction.Request?.ClientId == live.Grant.ClientId) await replay.EndAsync(live, GrantReplay.Code, context.Transaction.Http);
            context.Reject(Errors.InvalidGrant, "The authorization code has already been redeemed.");
            return;
        }

        if (!live.IsRedeemableAt(now))
        {
            context.Reject(Errors.InvalidGrant, "The authorization code is no longer valid.");
            return;
        }

        var principal = Principal(TokenTypeIdentifiers.Private.AuthorizationCode, live.NationalId, live.Grant.ClientId, live.Grant.Scope)
            .SetClaim(Claims.Private.RedirectUri, live.Grant.RedirectUri)
            .SetClaim(Claims.Private.CodeChallenge, live.Grant.CodeChallenge)
            .SetClaim(Claims.Private.CodeChallengeMethod, live.Grant.CodeChallengeMethod);
        principal.SetExpirationDate(live.Grant.CodeExpiresAt);
        context.Transaction.Grant = live;
        context.Principal = principal;
    }

    private async ValueTask ReadJsonWebTokenAsync(ValidateTokenContext context)
    {
        var token = await reader.ReadAsync(context.Token);
        if (token is null || !IsExpected(context, token))
        {
            context.Reject(Errors.InvalidToken, "The token is not valid.");
            return;
        }

        // An id_token_hint only names a session; it need not be active.
        if (token.Kind != TokenKind.ID && !await IsActiveAsync(context, token))
        {
            context.Reject(Errors.InvalidToken, "The token is no longer valid.");
            return;
        }

        var principal = Principal(TypeOf(token.Kind), token.Subject, token.ClientId, token.Scope);
        principal.SetClaim(Claims.JwtId, token.Jti.ToString());
        principal.SetCreationDate(token.IssuedAt);
        principal.SetExpirationDate(token.ExpiresAt);
        context.Transaction.Token = token;
        context.Principal = principal;
    }

    private async Task<bool> IsActiveAsync(ValidateTokenContext context, VerifiedToken token)
    {
        if (clients.Find(token.ClientId) is not { } client) return false;
        if (token.GrantId is not { } grantId) return !await grants.IsRevokedAsync(token.Jti);

        var live = await grants.FindAsync(grantId, token.Jti, context.CancellationToken);
        if (live is null || live.IsTokenRevoked || !live.IsActiveAt(clock.GetUtcNow())) return false;

        context.Transaction.Grant = live;
        var isSpent = token.Kind == TokenKind.Refresh && client.RotatesStrictly && token.Generation != live.Grant.Generation;
        if (!isSpent) return true;

        // RFC 9700 4.14.2: when a refresh token is presented twice, either presenter may be the thief.
        if (context.ValidPresenters.Contains(token.ClientId) && context.Transaction.EndpointType == OpenIddictServerEndpointType.Token)
            await replay.EndAsync(live, GrantReplay.RefreshToken, context.Transaction.Http);
        return false;
    }

    private static bool IsExpected(ValidateTokenContext context, VerifiedToken token) =>
        context.ValidTokenTypes.Count == 0 || context.ValidTokenTypes.Contains(TypeOf(token.Kind));

    private static string TypeOf(TokenKind kind) => kind switch
    {
        TokenKind.Bearer => TokenTypeIdentifiers.AccessToken,
        TokenKind.Refresh => TokenTypeIdentifiers.RefreshToken,
        _ => TokenTypeIdentifiers.IdentityToken,
    };

    private static ClaimsPrincipal Principal(string tokenType, string subject, string clientId, string scope)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity("psc", Claims.Name, Claims.Role));
        principal.SetTokenType(tokenType);
        principal.SetClaim(Claims.Subject, subject);
        principal.SetPresenters(clientId);
        principal.SetScopes(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return principal;
    }
}
