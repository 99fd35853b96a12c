using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace WebRelyingParty.Tokens;

/// <summary>What a session keeps beside its principal. The handler names the tokens; the UserInfo is kept as it came.</summary>
internal static class SessionProperties
{
    public const string AccessToken = "access_token";
    public const string IdToken = "id_token";
    public const string RefreshToken = "refresh_token";
    private const string ExpiresAt = "expires_at";
    private const string UserInfo = "userinfo";

    public static string GetUserInfo(this AuthenticationProperties session) => session.Items[UserInfo] ?? "{}";

    public static void SetUserInfo(this AuthenticationProperties session, string json) => session.Items[UserInfo] = json;

    public static DateTimeOffset GetAccessTokenEnd(this AuthenticationProperties session) =>
        DateTimeOffset.Parse(session.GetTokenValue(ExpiresAt)!, CultureInfo.InvariantCulture);

    public static void SetTokens(this AuthenticationProperties session, TokenResponse tokens, DateTimeOffset now)
    {
        session.UpdateTokenValue(AccessToken, tokens.AccessToken);
        session.UpdateTokenValue(IdToken, tokens.IdToken);
        if (tokens.RefreshToken is not null) session.UpdateTokenValue(RefreshToken, tokens.RefreshToken);
        session.UpdateTokenValue(ExpiresAt, now.AddSeconds(tokens.ExpiresIn).ToString("o", CultureInfo.InvariantCulture));
    }
}
