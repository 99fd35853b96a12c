using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.OpenIddict;
using ProSanteConnect.Server.Shared.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>Opens the grant of a sign-in; its code is 256 random bits, of which the hash is kept.</summary>
internal sealed class CodeIssuer(Grants grants, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    public async Task<string> IssueAsync(GenerateTokenContext context, HttpContext http)
    {
        var (session, acr) = context.Transaction.Authentication!;
        var now = clock.GetUtcNow();
        var code = SecretToken.Generate();
        var grant = new Grant
        {
            Id = Guid.NewGuid(),
            SessionId = session.Id,
            ClientId = context.ClientId!,
            Scope = string.Join(' ', context.Principal!.GetScopes().AsEnumerable()),
            Nonce = context.Principal!.GetClaim(Claims.Private.Nonce),
            RedirectUri = context.Principal!.GetClaim(Claims.Private.RedirectUri)!,
            CodeChallenge = context.Principal!.GetClaim(Claims.Private.CodeChallenge),
            CodeChallengeMethod = context.Principal!.GetClaim(Claims.Private.CodeChallengeMethod),
            Acr = acr,
            CodeHash = code.Hash,
            CodeExpiresAt = now + options.Value.CodeLifetime,
            CreatedAt = now,
            ExpiresAt = session.ExpiresAt,
        };
        var entry = new JournalEntry
        {
            At = now,
            Event = JournalEvent.CodeIssued,
            Outcome = JournalOutcome.Success,
            PractitionerId = session.PractitionerId,
            ClientId = grant.ClientId,
            SessionId = session.Id,
            IpAddress = http.ClientAddress(),
            Browser = session.Browser,
        };
        await grants.AddAsync(grant, entry, http.RequestAborted);
        return code.Value;
    }
}
