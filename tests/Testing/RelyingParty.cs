using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Testing;

/// <summary>A relying party written for Pro Santé Connect, as far as a test wants it.</summary>
public sealed class RelyingParty(PscApp app, Client client, string? secret)
{
    public const string RedirectUri = "https://rp.test/callback";
    public const string Realm = "/auth/realms/esante-wallet/protocol/openid-connect";

    public Client Client => client;

    public string? Secret => secret;

    /// <summary>A confidential client with everything that is usual, and the one deviation a test wants.</summary>
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

    /// <summary>The address of an authorization request; a null value takes a parameter away.</summary>
    public string AuthorizationUrl(Dictionary<string, string?>? parameters = null, string path = "/auth")
    {
        var all = new Dictionary<string, string?>
        {
            ["client_id"] = client.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["response_type"] = "code",
            ["scope"] = "openid scope_all",
            ["state"] = "etat-1",
            ["nonce"] = "nonce-1",
            ["acr_values"] = "eidas1",
        };
        foreach (var (name, value) in parameters ?? []) all[name] = value;
        return path + "?" + string.Join('&', all.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
    }

    /// <summary>Takes a browser through the sign-in, and returns the parameters of the answer at the redirect URI.</summary>
    public async Task<Dictionary<string, string>> SignInAsync(Browser browser, Practitioner practitioner, Dictionary<string, string?>? parameters = null)
    {
        var page = await browser.FollowAsync(AuthorizationUrl(parameters));
        var back = await app.ApproveAsync(Browser.DemandeOf(page), practitioner);
        return Answer(await browser.FollowAsync(back));
    }

    public static Dictionary<string, string> Answer(HttpResponseMessage response)
    {
        var location = response.Headers.Location
            ?? throw new InvalidOperationException($"{(int)response.StatusCode} without a Location: {response.Content.ReadAsStringAsync().Result}");
        var text = location.Query.Length > 1 ? location.Query : location.Fragment.TrimStart('#');
        var query = HttpUtility.ParseQueryString(text);
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

    public async Task<HttpResponseMessage> UserInfoAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Realm + "/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await app.Http().SendAsync(request);
    }

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
