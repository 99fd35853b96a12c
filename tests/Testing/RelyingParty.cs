using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Testing;

/// <summary>A relying party written for Pro Santé Connect.</summary>
public sealed class RelyingParty(PscApp app, Client client, string? secret)
{
    public const string RedirectUri = "https://rp.test/callback";
    public const string Realm = "/auth/realms/esante-wallet/protocol/openid-connect";

    public Client Client => client;

    public string? Secret => secret;

    /// <summary>A confidential client with common settings, and the deviation of a test.</summary>
    public static async Task<RelyingParty> RegisterAsync(PscApp app, Action<Client>? configure = null, string clientId = "rp-test")
    {
        var secret = ClientSecret.Generate();
        var client = new Client
        {
            ClientId = clientId,
            Name = "Logiciel de test",
            Type = ClientType.Confidential,
            SecretHashes = [secret.Hash],
            RedirectUris = [RedirectUri],
            PostLogoutRedirectUris = ["https://rp.test/au-revoir"],
            GrantTypes = ["authorization_code", "refresh_token"],
            Scopes = ["openid", "profile", "identity", "scope_all"],
            CreatedAt = app.Clock.GetUtcNow(),
            UpdatedAt = app.Clock.GetUtcNow(),
        };
        configure?.Invoke(client);
        await app.AddAsync(client);
        return new RelyingParty(app, client, client.IsPublic ? null : secret.Reveal());
    }

    /// <summary>The parameters of an authorization request; a null value takes one away.</summary>
    public Dictionary<string, string?> AuthorizationParameters(Dictionary<string, string?>? changes = null) => new Dictionary<string, string?>
    {
        ["client_id"] = client.ClientId,
        ["redirect_uri"] = RedirectUri,
        ["response_type"] = "code",
        ["scope"] = "openid scope_all",
        ["state"] = "etat-1",
        ["nonce"] = "nonce-1",
        ["acr_values"] = "eidas1",
    }.With(changes);

    /// <summary>The address of an authorization request; a null value takes a parameter away.</summary>
    public string AuthorizationUrl(Dictionary<string, string?>? parameters = null, string path = "/auth") => path + "?" + string.Join(
        '&',
        AuthorizationParameters(parameters).Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));

    /// <summary>Takes a browser through the sign-in, and returns the parameters of the answer at the redirect URI.</summary>
    public async Task<Dictionary<string, string>> SignInAsync(Browser browser, Practitioner practitioner, Dictionary<string, string?>? parameters = null) =>
        Answer(await ApproveAsync(browser, practitioner, await browser.FollowAsync(AuthorizationUrl(parameters))));

    /// <summary>Completes the sign-in page that a response leads to, as a practitioner does.</summary>
    public async Task<HttpResponseMessage> ApproveAsync(Browser browser, Practitioner practitioner, HttpResponseMessage page) =>
        await browser.FollowAsync(await app.ApproveAsync(Browser.SignInRequestIdOf(page), practitioner));

    /// <summary>The parameters of an authorization response, from its fragment or else its query.</summary>
    public static Dictionary<string, string> Answer(HttpResponseMessage response)
    {
        var location = response.Headers.Location
            ?? throw new InvalidOperationException($"{(int)response.StatusCode} without a Location: {response.Content.ReadAsStringAsync().Result}");
        var query = HttpUtility.ParseQueryString(location.Fragment.Length > 1 ? location.Fragment[1..] : location.Query);
        return query.AllKeys.ToDictionary(key => key!, key => query[key]!);
    }

    public Task<TokenAnswer> RedeemAsync(string code, Dictionary<string, string?>? parameters = null, HttpClient? http = null) => TokenAsync(
        new Dictionary<string, string?> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = RedirectUri }.With(parameters), http);

    public Task<TokenAnswer> RefreshAsync(string refreshToken, Dictionary<string, string?>? parameters = null, HttpClient? http = null) => TokenAsync(
        new Dictionary<string, string?> { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }.With(parameters), http);

    public async Task<TokenAnswer> TokenAsync(Dictionary<string, string?> form, HttpClient? http = null)
    {
        var response = await PostAsync("/token", form, http);
        return new TokenAnswer(response, await JsonAsync(response));
    }

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string?> form, HttpClient? http = null)
    {
        http ??= app.Http();
        using var request = new HttpRequestMessage(HttpMethod.Post, Realm + path);
        if (secret is null) form.TryAdd("client_id", client.ClientId);
        else request.Headers.Authorization = Basic(client.ClientId, secret);
        request.Content = new FormUrlEncodedContent(form.Where(p => p.Value is not null)!);
        return await http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> UserInfoAsync(string accessToken, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Realm + "/userinfo");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {accessToken}");
        return await (http ?? app.Http()).SendAsync(request);
    }

    /// <summary>The introspection response for a token.</summary>
    public async Task<JsonElement> IntrospectAsync(string token) =>
        await JsonAsync(await PostAsync("/token/introspect", new() { ["token"] = token }));

    public Task<HttpResponseMessage> RevokeAsync(string token) => PostAsync("/revoke", new() { ["token"] = token });

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static AuthenticationHeaderValue Basic(string clientId, string secret) => new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}")));

    public static (string Verifier, string Challenge) Pkce()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    /// <summary>The payload of a JWT, not verified.</summary>
    public static JsonElement Payload(string token) => Part(token, 1);

    public static JsonElement Header(string token) => Part(token, 0);

    private static JsonElement Part(string token, int index) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[index])).RootElement;
}
