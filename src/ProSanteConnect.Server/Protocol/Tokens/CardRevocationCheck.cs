using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Checks whether the card of a session was revoked since the sign-in, and ends the session if so (security-checklist T25). An unknown
/// status does not end it: the card was checked at sign-in, and the session lasts four hours at most.
/// </summary>
internal sealed class CardRevocationCheck(IRevocationCheck revocation, Sessions sessions, TimeProvider clock)
{
    public async Task<bool> IsRevokedAsync(LiveGrant live, CancellationToken ct)
    {
        if (!CertificateId.TryParse(live.CertificateId, out var certificate)) return false;

        var now = clock.GetUtcNow();
        if (await revocation.CheckAsync(certificate, now, ct) is not RevocationAnswer.Revoked) return false;

        await sessions.EndAsync(live.Grant.SessionId, SessionEndReason.CardRevoked, null, now, ct);
        return true;
    }
}
