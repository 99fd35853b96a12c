using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Protocol.Tokens;

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
