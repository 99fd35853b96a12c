using OpenIddict.Server;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Keycloak's sign-out of a server: a POST of <c>refresh_token</c> with the credentials of the client ends the session, and the answer is 204
/// (psc-protocol §7). No browser takes part, so no page is shown.
/// </summary>
internal sealed class HandleRefreshTokenLogout(TokenReader tokens, ClientDirectory clients, Sessions sessions, TimeProvider clock)
    : IOpenIddictServerHandler<ExtractEndSessionRequestContext>
{
    private const string RefreshToken = "refresh_token";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractEndSessionRequestContext>()
            .UseScopedHandler<HandleRefreshTokenLogout>()
            .SetOrder(ValidateParameters<ExtractEndSessionRequestContext>.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(ExtractEndSessionRequestContext context)
    {
        var http = context.Transaction.Http;
        if (!HttpMethods.IsPost(http.Request.Method) || (string?)context.Request?[RefreshToken] is not { Length: > 0 } sent || context.Request.IdTokenHint is not null) return;

        context.HandleRequest();
        var basic = ResolveRepeatedCredentials.Credentials(http.Request);
        var client = clients.Find(basic?.ClientId ?? context.Request.ClientId);
        if (client is null || !IsAuthenticated(client, basic?.Secret ?? (string?)context.Request[Parameters.ClientSecret]))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"esante-wallet\"";
            await new OAuthError(StatusCodes.Status401Unauthorized, Errors.InvalidClient, "The client credentials are missing or wrong.").WriteAsync(http);
            return;
        }

        if (await tokens.ReadAsync(sent) is not { Kind: TokenKind.Refresh, SessionId: { } session } token || token.ClientId != client.ClientId)
        {
            await new OAuthError(StatusCodes.Status400BadRequest, Errors.InvalidGrant, "The refresh token is not valid, or belongs to another client.").WriteAsync(http);
            return;
        }

        await sessions.EndAsync(session, SessionEndReason.SignedOut, http.ClientContext(), clock.GetUtcNow(), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool IsAuthenticated(Client client, string? secret) =>
        client.IsPublic ? string.IsNullOrEmpty(secret) : secret is not null && ClientSecret.Matches(secret, client.SecretHashes);
}
