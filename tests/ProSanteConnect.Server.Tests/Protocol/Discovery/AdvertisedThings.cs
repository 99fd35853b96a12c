using System.Net;
using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Discovery;

/// <summary>Clients use everything that the discovery document advertises (psc-protocol §1, 12), so each member is tried.</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.12")]
public sealed class AdvertisedThings(SharedProvider provider)
{
    private const string Realm = RelyingParty.Realm;

    [Fact]
    public async Task Every_advertised_grant_gives_tokens()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["authorization_code", "refresh_token", "client_credentials"]);
        var tokens = await provider.SignInAsync(rp);
        var answers = new Dictionary<string, TokenAnswer>
        {
            ["authorization_code"] = tokens,
            ["refresh_token"] = await rp.RefreshAsync(tokens.RefreshToken),
            ["client_credentials"] = await rp.TokenAsync(new() { ["grant_type"] = "client_credentials" }),
        };

        Assert.Each(await AdvertisedAsync("grant_types_supported"), grantType =>
        {
            Assert.Equal(HttpStatusCode.OK, answers[grantType].Status);
            Assert.NotEmpty(answers[grantType].AccessToken);
        });
    }

    [Fact]
    public async Task Every_advertised_response_mode_brings_a_code()
    {
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var mode in await AdvertisedAsync("response_modes_supported"))
        {
            var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_mode"] = mode }));
            var code = mode == "form_post" ? (await FormPost.OfAsync(response)).Fields["code"] : RelyingParty.Answer(response)["code"];

            Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(code)).Status);
        }
    }

    [Fact]
    public async Task Every_advertised_scope_can_be_asked_for()
    {
        var scopes = await AdvertisedAsync("scopes_supported");
        var rp = await provider.RegisterAsync(client => client.Scopes = scopes);
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var scope in scopes)
        {
            var answer = RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl(new() { ["scope"] = $"openid {scope}" })));

            Assert.Contains(scope, (await rp.RedeemAsync(answer["code"]))["scope"].Split(' '));
        }
    }

    [Fact]
    public async Task A_card_satisfies_every_advertised_level()
    {
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var acr in await AdvertisedAsync("acr_values_supported"))
        {
            var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["acr_values"] = acr })));

            Assert.Equal(acr[^1..], RelyingParty.Payload((await provider.Rp.RedeemAsync(answer["code"])).IdToken).Text("auth_level"));
        }
    }

    [Fact]
    public async Task Every_advertised_prompt_is_understood()
    {
        foreach (var prompt in await AdvertisedAsync("prompt_values_supported"))
        {
            using var browser = await provider.SignedInBrowserAsync();

            var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = prompt }));

            Assert.True(Browser.IsSignInPage(response) || RelyingParty.Answer(response).ContainsKey("code"), prompt);
        }
    }

    [Fact]
    public async Task Every_advertised_method_authenticates_a_client_at_each_endpoint()
    {
        var open = await provider.RegisterAsync(client => client.Type = Core.RelyingParties.ClientType.Public);
        var tokens = await provider.SignInAsync();
        var accessToken = tokens.AccessToken;

        foreach (var method in await AdvertisedAsync("token_endpoint_auth_methods_supported"))
            Assert.Equal((method, HttpStatusCode.BadRequest), await StatusAsync(method, "/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = "x" }));
        foreach (var method in await AdvertisedAsync("introspection_endpoint_auth_methods_supported"))
            Assert.Equal((method, HttpStatusCode.OK), await StatusAsync(method, "/token/introspect", new() { ["token"] = accessToken }));
        foreach (var method in await AdvertisedAsync("revocation_endpoint_auth_methods_supported"))
            Assert.Equal((method, HttpStatusCode.OK), await StatusAsync(method, "/revoke", new() { ["token"] = accessToken }));

        // A client that was not authenticated is answered 401.
        async Task<(string Method, HttpStatusCode Status)> StatusAsync(string method, string path, Dictionary<string, string?> form)
        {
            var rp = method == "none" ? open : provider.Rp;
            if (method != "client_secret_post") return (method, (await rp.PostAsync(path, form)).StatusCode);

            form["client_id"] = rp.Client.ClientId;
            form["client_secret"] = rp.Secret;
            using var content = new FormUrlEncodedContent(form!);
            return (method, (await provider.App.Http().PostAsync(Realm + path, content, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task Every_advertised_claim_is_sent_in_the_ID_token_or_in_UserInfo()
    {
        var tokens = await provider.SignInAsync();
        var userInfo = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(tokens.AccessToken));

        var sent = RelyingParty.Payload(tokens.IdToken).Names().Union(userInfo.Names());

        Assert.Empty((await AdvertisedAsync("claims_supported")).Except(sent));
    }

    [Fact]
    public async Task Every_advertised_address_is_answered()
    {
        var document = await DocumentAsync();
        foreach (var member in document.EnumerateObject().Where(m => m.Name.EndsWith("_endpoint", StringComparison.Ordinal) || m.Name == "jwks_uri"))
        {
            var response = await provider.App.Http().GetAsync(member.Value.GetString(), TestContext.Current.CancellationToken);

            Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
            Assert.True((int)response.StatusCode < 500, member.Name);
        }
    }

    private async Task<string[]> AdvertisedAsync(string member) => (await DocumentAsync()).Texts(member);

    private async Task<JsonElement> DocumentAsync() => await RelyingParty.JsonAsync(
        await provider.App.Http().GetAsync(DiscoveryDocuments.Wallet, TestContext.Current.CancellationToken));
}
