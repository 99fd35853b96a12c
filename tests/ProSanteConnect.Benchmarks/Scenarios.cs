using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ProSanteConnect.Benchmarks;

/// <summary>
/// What is measured. Every answer's status is checked, and of every hundredth the token is verified or the claims are read:
/// a fast error must not count.
/// </summary>
internal sealed partial class Scenarios(Uri origin)
{
    private const string Realm = "/auth/realms/esante-wallet/protocol/openid-connect";
    private const string RedirectUri = "http://localhost:5080/signin-oidc";
    private static readonly AuthenticationHeaderValue WebClient = Basic("exemple-web", "exemple-web-secret-pour-le-bac-a-sable-0001");
    private static readonly AuthenticationHeaderValue ApiClient = Basic("exemple-api", "exemple-api-secret-pour-le-bac-a-sable-0001");

    private IList<SecurityKey> _keys = [];
    private string _card = "";

    public async Task PrepareAsync()
    {
        using var http = Http();
        _keys = new JsonWebKeySet(await http.GetStringAsync(Realm + "/certs")).GetSigningKeys();
        using var browser = new BenchmarkBrowser(origin);
        var (_, page) = await OpenPageAsync(browser);
        _card = CardButton().Match(page).Groups[1].Value;
    }

    public Func<int, Func<Task>> ClientCredentials() => _ => Sampled(Http(), async (http, sampled) =>
    {
        var json = await PostAsync(http, "/token", ApiClient, "grant_type=client_credentials&scope=openid");
        if (sampled) await VerifyAsync(json.GetProperty("access_token").GetString()!);
    });

    public Func<int, Func<Task>> Login() => _ => Sampled(Http(), async (http, sampled) =>
    {
        var tokens = await SignInAsync(http);
        var claims = await GetAsync(http, "/userinfo", tokens.GetProperty("access_token").GetString()!);
        if (sampled)
        {
            await VerifyAsync(tokens.GetProperty("id_token").GetString()!);
            Require(claims.GetProperty("SubjectNameID").GetString()!.Length > 0);
        }
    });

    public Func<int, Func<Task>> Refresh() => _ =>
    {
        var refreshToken = "";
        return Sampled(Http(), async (http, sampled) =>
        {
            if (refreshToken.Length == 0) refreshToken = (await SignInAsync(http)).GetProperty("refresh_token").GetString()!;
            var json = await PostAsync(http, "/token", WebClient, $"grant_type=refresh_token&refresh_token={refreshToken}");
            refreshToken = json.GetProperty("refresh_token").GetString()!;
            if (sampled) await VerifyAsync(json.GetProperty("access_token").GetString()!);
        });
    };

    public Func<int, Func<Task>> UserInfo() => _ => WithToken(async (http, token, sampled) =>
    {
        var claims = await GetAsync(http, "/userinfo", token);
        if (sampled) Require(claims.GetProperty("SubjectNameID").GetString()!.Length > 0);
    });

    public Func<int, Func<Task>> Introspection() => _ => WithToken(async (http, token, _) =>
    {
        var json = await PostAsync(http, "/token/introspect", ApiClient, $"token={token}");
        Require(json.GetProperty("active").GetBoolean());
    });

    /// <summary>A token lives two minutes: a worker fetches a new one in time.</summary>
    private Func<Task> WithToken(Func<HttpClient, string, bool, Task> use)
    {
        var token = "";
        var fetched = System.Diagnostics.Stopwatch.StartNew();
        return Sampled(Http(), async (http, sampled) =>
        {
            if (token.Length == 0 || fetched.Elapsed > TimeSpan.FromSeconds(90))
            {
                token = (await SignInAsync(http)).GetProperty("access_token").GetString()!;
                fetched.Restart();
            }

            await use(http, token, sampled);
        });
    }

    private async Task<JsonElement> SignInAsync(HttpClient http)
    {
        using var browser = new BenchmarkBrowser(origin);
        var (signInRequestId, page) = await OpenPageAsync(browser);
        var form = new Dictionary<string, string> { ["demande"] = signInRequestId, ["carte"] = _card, ["jeton"] = Antiforgery().Match(page).Groups[1].Value };
        var continuation = await browser.PostAsync("/sandbox/lecteur", form);
        var authorize = await browser.RedirectAsync(continuation);
        var callback = await browser.RedirectAsync(authorize);
        var code = HttpUtility.ParseQueryString(new Uri(callback).Query)["code"] ?? throw new InvalidOperationException("No code: " + callback);
        return await PostAsync(
            http, "/token", WebClient, $"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(RedirectUri)}");
    }

    private static async Task<(string SignInRequestId, string Page)> OpenPageAsync(BenchmarkBrowser browser)
    {
        var url = await browser.RedirectAsync(
            $"/auth?client_id=exemple-web&redirect_uri={Uri.EscapeDataString(RedirectUri)}&response_type=code&scope=openid%20scope_all&state=s&nonce=n&acr_values=eidas1");
        return (HttpUtility.ParseQueryString(new Uri(browser.Origin, url).Query)["demande"]!, await browser.PageAsync(url + "&moyen=carte"));
    }

    private static Func<Task> Sampled(HttpClient http, Func<HttpClient, bool, Task> operation)
    {
        var count = 0;
        return () => operation(http, count++ % 100 == 0);
    }

    private async Task VerifyAsync(string token)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = _keys,
            ValidAlgorithms = ["RS256"],
            ValidateAudience = false,
            ValidIssuer = new Uri(origin, "/auth/realms/esante-wallet").AbsoluteUri,
        });
        Require(result.IsValid);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, AuthenticationHeaderValue client, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Realm + path);
        request.Headers.Authorization = client;
        request.Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        return await JsonAsync(await http.SendAsync(request));
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Realm + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await JsonAsync(await http.SendAsync(request));
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var bytes = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{(int)response.StatusCode} {Encoding.UTF8.GetString(bytes)}");
            return JsonDocument.Parse(bytes).RootElement;
        }
    }

    private HttpClient Http() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = origin };

    private static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));

    private static void Require(bool condition)
    {
        if (!condition) throw new CryptographicException("A sampled answer is wrong.");
    }

    [GeneratedRegex("name=\"carte\" value=\"(cps-8[^\"]*)\"")]
    private static partial Regex CardButton();

    [GeneratedRegex("name=\"jeton\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();
}
