using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace WebRelyingParty.Tokens;

/// <summary>Exchanges the refresh token for new tokens (RFC 6749, section 6) and reads the UserInfo with them.</summary>
internal sealed class TokenRefresher(IOptionsMonitor<OpenIdConnectOptions> handlers, TimeProvider clock)
{
    public async Task<RefreshResult> RefreshAsync(AuthenticationProperties session, CancellationToken ct)
    {
        var handler = handlers.Get(OpenIdConnectDefaults.AuthenticationScheme);
        try
        {
            var provider = await handler.ConfigurationManager!.GetConfigurationAsync(ct);
            var tokens = await RequestAsync(handler, provider, session, ct);
            if (tokens.Error is "invalid_grant") return new RefreshResult.SessionEnded();
            if (tokens.Error is not null) return new RefreshResult.Failed($"{tokens.Error}: {tokens.ErrorDescription}");

            var subject = DecodedToken.TryRead(session.GetTokenValue(SessionProperties.IdToken))!.Subject;
            if (!await IsGenuineAsync(handler, tokens.IdToken, subject)) return new RefreshResult.Failed("The new ID token does not belong to this session.");

            session.SetTokens(tokens, clock.GetUtcNow());
            await ReadUserInfoAsync(handler, provider, session, subject, ct);
            return new RefreshResult.Refreshed();
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new RefreshResult.Failed(e.GetBaseException().Message);
        }
    }

    private static async Task<TokenResponse> RequestAsync(
        OpenIdConnectOptions handler, OpenIdConnectConfiguration provider, AuthenticationProperties session, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = session.GetTokenValue(SessionProperties.RefreshToken)!,
            ["client_id"] = handler.ClientId!,
            ["client_secret"] = handler.ClientSecret!,
        });
        using var answer = await handler.Backchannel.PostAsync(provider.TokenEndpoint, form, ct);
        return await answer.Content.ReadFromJsonAsync<TokenResponse>(ct) ?? throw new JsonException("The token endpoint returned no JSON.");
    }

    /// <summary>OpenID Connect Core, section 12.2: signed by the provider, for this client, about the same subject.</summary>
    private static async Task<bool> IsGenuineAsync(OpenIdConnectOptions handler, string idToken, string subject)
    {
        var parameters = handler.TokenValidationParameters.Clone();
        // Issuer and keys come from the discovery document, which is reloaded when a key is unknown.
        parameters.ConfigurationManager = (BaseConfigurationManager)handler.ConfigurationManager!;

        var verified = await handler.TokenHandler.ValidateTokenAsync(idToken, parameters);
        return verified.IsValid && verified.Claims.TryGetValue("sub", out var sub) && subject.Equals(sub as string, StringComparison.Ordinal);
    }

    /// <summary>Reads the UserInfo. If this fails, the session keeps the former one; the tokens are valid anyway.</summary>
    private static async Task ReadUserInfoAsync(
        OpenIdConnectOptions handler, OpenIdConnectConfiguration provider, AuthenticationProperties session, string subject, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.GetTokenValue(SessionProperties.AccessToken));
        using var answer = await handler.Backchannel.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) return;

        var json = await answer.Content.ReadAsStringAsync(ct);
        using var userInfo = JsonDocument.Parse(json);
        // OpenID Connect Core, section 5.3.2: a response about another subject must not be used.
        if (userInfo.RootElement.TryGetProperty("sub", out var sub) && sub.ValueEquals(subject)) session.SetUserInfo(json);
    }
}

internal abstract record RefreshResult
{
    private RefreshResult() { }

    public sealed record Refreshed : RefreshResult;

    /// <summary>The provider refuses the refresh token: its session has ended, so this one ends too.</summary>
    public sealed record SessionEnded : RefreshResult;

    /// <summary>The provider is unavailable or its response is invalid; the tokens stay unchanged.</summary>
    public sealed record Failed(string Reason) : RefreshResult;
}

/// <summary>A token response (RFC 6749, section 5.1) or error response (section 5.2).</summary>
internal sealed record TokenResponse
{
    [JsonPropertyName("access_token")]
    public string AccessToken { get; init; } = "";

    [JsonPropertyName("id_token")]
    public string IdToken { get; init; } = "";

    /// <summary>Absent when the presented refresh token stays valid (RFC 6749, section 6).</summary>
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    [JsonPropertyName("expires_in")]
    public int ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; init; }
}

/// <summary>The session's stored properties: the tokens under the handler's names, and the UserInfo as received.</summary>
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
