using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Verifies tokens that this provider issued. The kind of token fixes the algorithm, and the key comes from our own ring: no header of
/// the token chooses either (security-checklist T18).
/// </summary>
internal sealed class TokenReader(SigningKeys keys, MasterKey masterKey, PublicOrigins origins, TimeProvider clock)
{
    public const string RefreshTokenPurpose = "refresh-tokens";

    /// <summary>No token of ours is longer; a longer one is not parsed.</summary>
    private const int MaxLength = 16 * 1024;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    private readonly SymmetricSecurityKey _refreshKey = new(masterKey.Derive(RefreshTokenPurpose));

    /// <summary>The verified token, or null. Expired tokens are returned too: the caller checks the time.</summary>
    public async Task<VerifiedToken?> ReadAsync(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > MaxLength || !Handler.CanReadToken(token)) return null;

        JsonWebToken unverified;
        try
        {
            unverified = Handler.ReadJsonWebToken(token);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return unverified.Alg switch
        {
            SecurityAlgorithms.RsaSha256 when keys.Ring.Find(unverified.Kid ?? "", clock.GetUtcNow()) is { SecurityKey: var key } =>
                await VerifiedToken.VerifyAsync(Handler, unverified, key, SecurityAlgorithms.RsaSha256, origins.IsOurs, TokenKind.Bearer, TokenKind.ID),
            SecurityAlgorithms.HmacSha256 =>
                await VerifiedToken.VerifyAsync(Handler, unverified, _refreshKey, SecurityAlgorithms.HmacSha256, origins.IsOurs, TokenKind.Refresh),
            _ => null,
        };
    }
}

/// <summary>
/// A token of ours with a verified signature and issuer; <see cref="VerifyAsync"/> alone makes one. Its time, grant and session are
/// checked separately.
/// </summary>
internal sealed class VerifiedToken
{
    private VerifiedToken(JsonWebToken token, TokenKind kind, string clientId, Guid jti)
    {
        Kind = kind;
        Jti = jti;
        Issuer = token.Issuer;
        Subject = token.Subject;
        ClientId = clientId;
        Scope = Text(token, "scope") ?? "";
        IssuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero);
        ExpiresAt = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        GrantId = Id(token, TokenWriter.GrantClaim);
        SessionId = Id(token, ClaimNames.Sid);
        Generation = token.TryGetPayloadValue<int>(TokenWriter.GenerationClaim, out var generation) ? generation : 0;
        AuthenticatedAt = token.TryGetPayloadValue<long>("auth_time", out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
        Nonce = Text(token, "nonce");
        Acr = Text(token, "acr");
        AuthMode = Text(token, ClaimNames.AuthMode);
        PreferredUsername = Text(token, "preferred_username");
    }

    public TokenKind Kind { get; }
    public Guid Jti { get; }
    public string Issuer { get; }
    public string Subject { get; }

    /// <summary>The relying party it was issued to.</summary>
    public string ClientId { get; }

    public string Scope { get; }
    public DateTimeOffset IssuedAt { get; }
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The grant it was issued for; null for a client's own token (client_credentials).</summary>
    public Guid? GrantId { get; }

    public Guid? SessionId { get; }

    /// <summary>Of a refresh token: the generation of its grant that it was issued for.</summary>
    public int Generation { get; }

    public DateTimeOffset? AuthenticatedAt { get; }
    public string? Nonce { get; }
    public string? Acr { get; }
    public string? AuthMode { get; }
    public string? PreferredUsername { get; }

    /// <summary>Verifies signature, issuer and kind; null when one of them is wrong.</summary>
    public static async Task<VerifiedToken?> VerifyAsync(
        JsonWebTokenHandler handler, JsonWebToken unverified, SecurityKey key, string algorithm, Func<string, bool> isOurIssuer, params TokenKind[] kinds)
    {
        var result = await handler.ValidateTokenAsync(unverified, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [algorithm],
            IssuerValidator = (issuer, _, _) =>
                isOurIssuer(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException("The token was issued by another issuer."),
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid
            && result.SecurityToken is JsonWebToken token
            && Enum.TryParse<TokenKind>(Text(token, "typ"), out var kind) && kinds.Contains(kind)
            && Text(token, "azp") is { } clientId
            && Guid.TryParse(token.Id, out var jti)
                ? new VerifiedToken(token, kind, clientId, jti)
                : null;
    }

    private static string? Text(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static Guid? Id(JsonWebToken token, string name) =>
        Guid.TryParse(Text(token, name), out var id) ? id : null;
}

/// <summary>What a token is, as its claim <c>typ</c> says (psc-protocol §4.3).</summary>
internal enum TokenKind
{
    Bearer,
    Refresh,
    ID,
}
