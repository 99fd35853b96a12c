using OpenIddict.Server;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// Revokes (RFC 7009): a refresh token with its whole grant, an access token alone. A token of another client is left alone, and the
/// request is refused (section 2.1).
/// </summary>
internal sealed class HandleRevocation(Grants grants, TimeProvider clock) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
            .UseScopedHandler<HandleRevocation>()
            .SetOrder(OpenIddictServerHandlers.Revocation.AttachPrincipal.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        var token = context.Transaction.Token!;
        if (token.ClientId != context.Request.ClientId)
        {
            context.Reject(Errors.InvalidRequest, "The token was issued to another client.");
            return;
        }

        var http = context.Transaction.Http;
        var entry = new JournalEntry
        {
            At = clock.GetUtcNow(),
            Event = JournalEvent.TokenRevoked,
            Outcome = JournalOutcome.Success,
            Detail = token.Kind == TokenKind.Refresh ? "grant" : "access-token",
            PractitionerId = context.Transaction.Grant?.PractitionerId,
            ClientId = token.ClientId,
            SessionId = token.SessionId,
            IpAddress = http.ClientAddress(),
        };
        if (token is { Kind: TokenKind.Refresh, GrantId: { } grantId })
            await grants.EndAsync(grantId, entry, http.RequestAborted);
        else if (token.Kind == TokenKind.Bearer)
            await grants.RevokeTokenAsync(token.Jti, token.ExpiresAt, entry, http.RequestAborted);
    }
}
