using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Asks again whether the card behind a session was revoked meanwhile, and ends the session if it was (security-checklist
/// T25). That nobody can say is no reason to end it: it was opened on a fresh answer and lasts four hours at most.
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
