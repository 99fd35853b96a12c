using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace WebRelyingParty.Tokens;

/// <summary>Exchanges the refresh token for new tokens (RFC 6749, section 6) and reads the UserInfo again with them.</summary>
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
            if (!await IsGenuineAsync(handler, tokens.IdToken, subject)) return new RefreshResult.Failed("The new ID token is not of this session.");

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
        return await answer.Content.ReadFromJsonAsync<TokenResponse>(ct) ?? throw new JsonException("The token endpoint gave no JSON.");
    }

    /// <summary>OpenID Connect Core, section 12.2: signed by the provider, for us, about the same person.</summary>
    private static async Task<bool> IsGenuineAsync(OpenIdConnectOptions handler, string idToken, string subject)
    {
        var parameters = handler.TokenValidationParameters.Clone();
        // Issuer and keys come from discovery, which is read again when a key is not known yet.
        parameters.ConfigurationManager = (BaseConfigurationManager)handler.ConfigurationManager!;

        var verified = await handler.TokenHandler.ValidateTokenAsync(idToken, parameters);
        return verified.IsValid && verified.Claims.TryGetValue("sub", out var sub) && subject.Equals(sub as string, StringComparison.Ordinal);
    }

    /// <summary>The tokens are good even if this fails; the session then keeps what it knew.</summary>
    private static async Task ReadUserInfoAsync(
        OpenIdConnectOptions handler, OpenIdConnectConfiguration provider, AuthenticationProperties session, string subject, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.GetTokenValue(SessionProperties.AccessToken));
        using var answer = await handler.Backchannel.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) return;

        var json = await answer.Content.ReadAsStringAsync(ct);
        using var userInfo = JsonDocument.Parse(json);
        // OpenID Connect Core, section 5.3.2: an answer about somebody else must not be used.
        if (userInfo.RootElement.TryGetProperty("sub", out var sub) && sub.ValueEquals(subject)) session.SetUserInfo(json);
    }
}
