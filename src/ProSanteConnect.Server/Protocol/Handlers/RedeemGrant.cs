using System.Security.Claims;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Handlers;

/// <summary>
/// The last step before tokens are issued: redeems the code, or rotates the refresh token, by one conditional UPDATE that only one of
/// any number of parallel calls wins (design §1, decision 5).
/// </summary>
internal sealed class RedeemGrant(
    Grants grants, Sessions sessions, ClientDirectory clients, GrantReplay replay, CardRevocationCheck cards,
    IOptions<SignInOptions> options, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<RedeemGrant>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleTokenRequestContext context) => context.Request.GrantType switch
    {
        GrantTypes.AuthorizationCode => RedeemCodeAsync(context, context.Transaction.Grant!),
        GrantTypes.RefreshToken => RefreshAsync(context, context.Transaction.Grant!),
        GrantTypes.ClientCredentials => AttachClientPrincipal(context),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask RedeemCodeAsync(HandleTokenRequestContext context, LiveGrant live)
    {
        if (await grants.RedeemCodeAsync(live.Grant.Id, context.CancellationToken)) return;

        await replay.EndAsync(live, GrantReplay.Code, context.Transaction.Http);
        context.Reject(Errors.InvalidGrant, "The authorization code has already been redeemed.");
    }

    private async ValueTask RefreshAsync(HandleTokenRequestContext context, LiveGrant live)
    {
        var ct = context.CancellationToken;
        if (await cards.IsRevokedAsync(live.CertificateId, live.Grant.SessionId, ct))
        {
            context.Reject(Errors.InvalidGrant, "The card behind this session has been revoked.");
            return;
        }

        if (clients.Find(live.Grant.ClientId)!.RotatesStrictly)
        {
            if (!await grants.RotateAsync(live.Grant.Id, context.Transaction.Token!.Generation, ct))
            {
                await replay.EndAsync(live, GrantReplay.RefreshToken, context.Transaction.Http);
                context.Reject(Errors.InvalidGrant, "The refresh token has already been redeemed.");
                return;
            }
        }

        // RFC 6749, 6: a refresh may ask for less than was granted (ValidateScope sees to it that it is no more).
        if (!string.IsNullOrEmpty(context.Request.Scope)) context.Principal!.SetScopes(GrantedScopes.Of(context.Request));

        // A refresh is activity of the session, as at Keycloak (ADR on sessions).
        await sessions.TouchAsync(live.Grant.SessionId, live.SessionIdleExpiresAt, clock.GetUtcNow(), options.Value, ct);
    }

    private static ValueTask AttachClientPrincipal(HandleTokenRequestContext context)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity("psc", Claims.Name, Claims.Role));
        principal.SetClaim(Claims.Subject, context.Request.ClientId);
        principal.SetScopes(context.Request.GetScopes());
        context.Principal = principal;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Ends the grant whose code or refresh token was presented a second time, with an entry in the journal.</summary>
internal sealed class GrantReplay(Grants grants, TimeProvider clock)
{
    public const JournalEvent Code = JournalEvent.CodeReplayed;
    public const JournalEvent RefreshToken = JournalEvent.RefreshTokenReplayed;

    public Task EndAsync(LiveGrant live, JournalEvent what, HttpContext http) => grants.EndAsync(
        live.Grant.Id,
        new JournalEntry
        {
            At = clock.GetUtcNow(),
            Event = what,
            Outcome = JournalOutcome.Refused,
            PractitionerId = live.PractitionerId,
            ClientId = live.Grant.ClientId,
            SessionId = live.Grant.SessionId,
            IpAddress = http.ClientAddress(),
        },
        http.RequestAborted);
}

/// <summary>
/// Checks whether the card of a session was revoked since the sign-in, and ends the session if so (security-checklist T25). An unknown
/// status does not end it: the card was checked at sign-in, and the session lasts four hours at most.
/// </summary>
internal sealed class CardRevocationCheck(IRevocationCheck revocation, Sessions sessions, TimeProvider clock)
{
    /// <param name="certificateId">The certificate that opened the session; null when no card did.</param>
    /// <param name="sessionId">The session to end.</param>
    /// <param name="ct">Cancels the check.</param>
    public async Task<bool> IsRevokedAsync(string? certificateId, Guid sessionId, CancellationToken ct)
    {
        if (!CertificateId.TryParse(certificateId, out var certificate)) return false;

        var now = clock.GetUtcNow();
        if (await revocation.CheckAsync(certificate, now, ct) is not RevocationAnswer.Revoked) return false;

        await sessions.EndAsync(sessionId, SessionEndReason.CardRevoked, null, now, ct);
        return true;
    }
}
