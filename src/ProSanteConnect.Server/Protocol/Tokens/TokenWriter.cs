using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>
/// Writes access, ID and refresh tokens in Pro Santé Connect's shape (psc-protocol §4.2–4.4): RS256 for the first two,
/// HS256 under a key of ours for the refresh token, which only we read, as Keycloak does.
/// </summary>
internal sealed class TokenWriter(SigningKeys keys, MasterKey masterKey, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    public const string GrantClaim = "psc_grant";
    public const string GenerationClaim = "psc_generation";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private static readonly Dictionary<string, object> Header = new() { [JwtHeaderParameterNames.Typ] = "JWT" };

    private readonly SigningCredentials _refreshCredentials =
        new(new SymmetricSecurityKey(masterKey.Derive(TokenReader.RefreshTokenPurpose)), SecurityAlgorithms.HmacSha256);

    public (string Token, DateTimeOffset ExpiresAt) WriteAccessToken(TokenSubject subject)
    {
        var now = clock.GetUtcNow();
        var expiresAt = ExpiryOf(subject, options.Value.AccessTokenLifetime, now);
        var token = Sign(keys.Ring.SigningKey(now).Credentials, json =>
        {
            WriteCommon(json, subject, TokenKind.Bearer, now, expiresAt);
            json.WriteString("scope", subject.Scope);
            if (subject.Grant is not { } grant)
            {
                json.WriteString("client_id", subject.ClientId);
                return;
            }

            WriteGrant(json, grant);
            json.WriteNumber("auth_time", grant.AuthenticatedAt.ToUnixTimeSeconds());
            json.WriteString("nonce", grant.Grant.Nonce ?? "");
            json.WriteString("acr", AcrValues.OfAccessToken(grant.AuthMode));
            json.WriteString(ClaimNames.AuthMode, AuthModeName(grant.AuthMode));
            json.WriteStartArray(ClaimNames.OtherIds);
            WriteOtherId(json, grant.NationalId);
            json.WriteEndArray();
            json.WriteString("preferred_username", grant.NationalId);
        });
        return (token, expiresAt);
    }

    public string WriteIdToken(TokenSubject subject, string givenName, string familyName, string? accessTokenHash)
    {
        var now = clock.GetUtcNow();
        var grant = subject.Grant!;
        return Sign(keys.Ring.SigningKey(now).Credentials, json =>
        {
            WriteCommon(json, subject, TokenKind.ID, now, ExpiryOf(subject, options.Value.AccessTokenLifetime, now));
            json.WriteString("aud", subject.ClientId);
            WriteGrant(json, grant, withGrantClaim: false);
            json.WriteNumber("auth_time", grant.AuthenticatedAt.ToUnixTimeSeconds());
            if (grant.Grant.Nonce is { } nonce) json.WriteString("nonce", nonce);
            if (accessTokenHash is not null) json.WriteString("at_hash", accessTokenHash);
            json.WriteString("acr", grant.Grant.Acr);
            json.WriteString("auth_level", grant.Grant.AuthLevel.ToString(CultureInfo.InvariantCulture));
            json.WriteString("scope", grant.Grant.Scope);
            json.WriteStartArray("amr");
            json.WriteStringValue(grant.AuthMode == AuthMode.Card ? "sc" : "swk");
            json.WriteStringValue("pin");
            json.WriteStringValue("mfa");
            json.WriteEndArray();
            json.WriteString(ClaimNames.AuthMode, AuthModeName(grant.AuthMode));
            json.WriteBoolean("email_verified", false);
            json.WriteString("preferred_username", grant.NationalId);
            json.WriteString(ClaimNames.SubjectNameId, grant.NationalId);
            json.WriteString("given_name", givenName);
            json.WriteString("family_name", familyName);
        });
    }

    public (string Token, DateTimeOffset ExpiresAt) WriteRefreshToken(TokenSubject subject, int generation)
    {
        var now = clock.GetUtcNow();
        var grant = subject.Grant!;
        var expiresAt = ExpiryOf(subject, options.Value.RefreshTokenIdleTime, now);
        var token = Sign(_refreshCredentials, json =>
        {
            WriteCommon(json, subject, TokenKind.Refresh, now, expiresAt);
            json.WriteString("aud", subject.Issuer);
            json.WriteString("scope", subject.Scope);
            WriteGrant(json, grant);
            json.WriteNumber(GenerationClaim, generation);
            json.WriteString("nonce", grant.Grant.Nonce ?? "");
        });
        return (token, expiresAt);
    }

    public string SubjectOf(string nationalId) => $"f:{options.Value.SubjectNamespace}:{nationalId}";

    public static string AuthModeName(AuthMode mode) => mode == AuthMode.Card ? "CARD" : "MOBILE";

    /// <summary>The identifier as an item of <c>otherIds</c>, with the name of its register.</summary>
    private static void WriteOtherId(Utf8JsonWriter json, string nationalId)
    {
        json.WriteStartObject();
        json.WriteString("identifiant", nationalId);
        json.WriteString("origine", Core.Practitioners.NationalId.TryParse(nationalId, out var parsed) ? parsed.Origin : "EDIT");
        json.WriteNumber("qualite", 1);
        json.WriteEndObject();
    }

    private void WriteCommon(Utf8JsonWriter json, TokenSubject subject, TokenKind kind, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteString("jti", Guid.NewGuid());
        json.WriteString("iss", subject.Issuer);
        // RFC 9700 4.15: a client's own subject can be no person's, because a person's begins with "f:".
        json.WriteString("sub", subject.Grant is { } grant ? SubjectOf(grant.NationalId) : subject.ClientId);
        json.WriteString("typ", kind.ToString());
        json.WriteString("azp", subject.ClientId);
    }

    private static void WriteGrant(Utf8JsonWriter json, LiveGrant grant, bool withGrantClaim = true)
    {
        json.WriteString(ClaimNames.SessionState, grant.Grant.SessionId);
        json.WriteString(ClaimNames.Sid, grant.Grant.SessionId);
        if (withGrantClaim) json.WriteString(GrantClaim, grant.Grant.Id);
    }

    /// <summary>No token outlives its session (RIE-PS 13).</summary>
    private static DateTimeOffset ExpiryOf(TokenSubject subject, TimeSpan lifetime, DateTimeOffset now)
    {
        var expiresAt = now + lifetime;
        return subject.Grant is { } grant && grant.SessionExpiresAt < expiresAt ? grant.SessionExpiresAt : expiresAt;
    }

    private static string Sign(SigningCredentials credentials, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Handler.CreateToken(Encoding.UTF8.GetString(buffer.WrittenSpan), credentials, Header);
    }
}

/// <summary>What the tokens of one answer have in common.</summary>
/// <param name="Issuer">The issuer under which the request was answered.</param>
/// <param name="ClientId">The relying party.</param>
/// <param name="Scope">The granted scopes, separated by spaces.</param>
/// <param name="Grant">The grant with its session; null for a client's own token.</param>
internal sealed record TokenSubject(string Issuer, string ClientId, string Scope, LiveGrant? Grant);
