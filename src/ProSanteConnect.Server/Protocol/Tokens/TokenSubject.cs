using ProSanteConnect.Core.SignIn;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>What the tokens of one answer have in common.</summary>
/// <param name="Issuer">The issuer under which the request was answered.</param>
/// <param name="ClientId">The relying party.</param>
/// <param name="Scope">The granted scopes, separated by spaces.</param>
/// <param name="Grant">The grant with its session; null for a client's own token.</param>
internal sealed record TokenSubject(string Issuer, string ClientId, string Scope, LiveGrant? Grant);
