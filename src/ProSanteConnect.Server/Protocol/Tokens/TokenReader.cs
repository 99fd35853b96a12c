using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared.Origins;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Verifies tokens of ours. The algorithm is pinned by the kind of token and the key comes from our ring only, so that no
/// header of the token chooses either (security-checklist T18).
/// </summary>
internal sealed class TokenReader(SigningKeys keys, MasterKey masterKey, PublicOrigins origins, TimeProvider clock)
{
    public const string RefreshTokenPurpose = "refresh-tokens";

    /// <summary>A token longer than this is no token of ours; nothing reads it.</summary>
    private const int MaxLength = 16 * 1024;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    private readonly SymmetricSecurityKey _refreshKey = new(masterKey.Derive(RefreshTokenPurpose));

    /// <summary>The verified token, or null. Expired tokens are read too: whether that matters, the caller knows.</summary>
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

        var (key, algorithm, kinds) = unverified.Alg switch
        {
            SecurityAlgorithms.RsaSha256 => (
                (SecurityKey?)keys.Ring.Find(unverified.Kid ?? "", clock.GetUtcNow())?.SecurityKey,
                SecurityAlgorithms.RsaSha256,
                new[] { TokenKind.Bearer, TokenKind.ID }),
            SecurityAlgorithms.HmacSha256 => (_refreshKey, SecurityAlgorithms.HmacSha256, [TokenKind.Refresh]),
            _ => (null, "", []),
        };
        if (key is null) return null;

        var result = await Handler.ValidateTokenAsync(unverified, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [algorithm],
            IssuerValidator = (issuer, _, _) =>
                origins.IsOurs(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException("The issuer is another one."),
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid ? Parse((JsonWebToken)result.SecurityToken, kinds) : null;
    }

    private static VerifiedToken? Parse(JsonWebToken token, TokenKind[] kinds)
    {
        if (!token.TryGetPayloadValue<string>("typ", out var typ) || !Enum.TryParse<TokenKind>(typ, out var kind) || !kinds.Contains(kind))
            return null;
        if (!token.TryGetPayloadValue<string>("azp", out var clientId) || !Guid.TryParse(token.Id, out var jti)) return null;

        return new VerifiedToken
        {
            Kind = kind,
            Jti = jti,
            Issuer = token.Issuer,
            Subject = token.Subject,
            ClientId = clientId,
            Scope = Text(token, "scope") ?? "",
            IssuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
            GrantId = Id(token, TokenWriter.GrantClaim),
            SessionId = Id(token, ClaimNames.Sid),
            Generation = token.TryGetPayloadValue<int>(TokenWriter.GenerationClaim, out var generation) ? generation : 0,
            AuthenticatedAt = token.TryGetPayloadValue<long>("auth_time", out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
            Nonce = Text(token, "nonce"),
            Acr = Text(token, "acr"),
            AuthMode = Text(token, ClaimNames.AuthMode),
            PreferredUsername = Text(token, "preferred_username"),
        };
    }

    private static string? Text(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static Guid? Id(JsonWebToken token, string name) =>
        Guid.TryParse(Text(token, name), out var id) ? id : null;
}

/// <summary>A token of ours whose signature and issuer were verified. Whether its time, grant and session hold is asked apart.</summary>
internal sealed record VerifiedToken
{
    public required TokenKind Kind { get; init; }
    public required Guid Jti { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }

    /// <summary>The relying party it was issued to.</summary>
    public required string ClientId { get; init; }

    public required string Scope { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The grant that it holds by; null for a client's own token (client_credentials).</summary>
    public Guid? GrantId { get; init; }

    public Guid? SessionId { get; init; }

    /// <summary>Of a refresh token: the generation of its grant that it was made for.</summary>
    public int Generation { get; init; }

    public DateTimeOffset? AuthenticatedAt { get; init; }
    public string? Nonce { get; init; }
    public string? Acr { get; init; }
    public string? AuthMode { get; init; }
    public string? PreferredUsername { get; init; }
}

/// <summary>What a token is, as its claim <c>typ</c> says (psc-protocol §4.3).</summary>
internal enum TokenKind
{
    Bearer,
    Refresh,
    ID,
}
