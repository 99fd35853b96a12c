using System.Net;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>Peculiar requests of applications written for Pro Santé Connect, which must work here.</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.4")]
public sealed class ClientQuirks(SharedProvider provider)
{
    [Fact]
    public async Task A_practitioner_signs_in_and_the_relying_party_reads_who_it_is()
    {
        using var browser = provider.App.NewBrowser();

        var answer = await provider.Rp.SignInAsync(browser, provider.Practitioner);
        var tokens = await provider.Rp.RedeemAsync(answer["code"]);
        var userInfo = await provider.Rp.UserInfoAsync(tokens.AccessToken);

        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
        Assert.Equal("898765000017", (await RelyingParty.JsonAsync(userInfo)).Text("SubjectNameID"));
    }

    [Fact]
    public async Task Neither_state_nor_nonce_nor_PKCE_nor_a_level_is_needed()
    {
        using var browser = provider.App.NewBrowser();

        // The request of CNAM's DMP in production, trailing slash included (psc-protocol §3.1).
        var page = await browser.FollowAsync(provider.Rp.AuthorizationUrl(
            new() { ["state"] = null, ["nonce"] = null, ["acr_values"] = null }, "/auth/"));
        var answer = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, provider.Practitioner, page));
        var tokens = await provider.Rp.RedeemAsync(answer["code"]);

        Assert.False(answer.ContainsKey("state"));
        Assert.False(RelyingParty.Payload(tokens.IdToken).Has("nonce"));
        Assert.Equal("1", RelyingParty.Payload(tokens.IdToken).Text("auth_level"));
    }

    [Fact]
    public async Task Scope_all_alone_brings_an_ID_token_and_the_whole_identity()
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["scope"] = "scope_all" });

        Assert.Equal("openid profile scope_all identity", tokens["scope"]);
        Assert.Equal("898765000017", RelyingParty.Payload(tokens.IdToken).Text("preferred_username"));
    }

    [Fact]
    public async Task Openid_with_scope_all_is_granted_as_Pro_Sante_Connect_grants_it()
    {
        var tokens = await provider.SignInAsync();

        Assert.Equal("openid profile scope_all identity", tokens["scope"]);
    }

    [Fact]
    public async Task A_request_without_a_scope_is_one_for_openid()
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["scope"] = null });

        Assert.Equal("openid", tokens["scope"]);
        Assert.True(tokens.Has("id_token"));
    }

    [Theory]
    [InlineData("openid scope_all", "openid profile scope_all identity")]
    [InlineData("scope_all openid", "openid profile scope_all identity")]
    [InlineData("identity scope_all", "openid profile scope_all identity")]
    public async Task The_order_of_the_scopes_does_not_matter(string requested, string granted) =>
        Assert.Equal(granted, (await provider.SignInAsync(parameters: new() { ["scope"] = requested }))["scope"]);

    [Theory]
    [InlineData("offline_access")]
    [InlineData("phone")]
    [InlineData("address")]
    [InlineData("roles")]
    [InlineData("web-origins")]
    [InlineData("microprofile-jwt")]
    public async Task A_scope_that_PSC_advertises_is_accepted_and_opens_nothing(string scope)
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["scope"] = $"openid scope_all {scope}" });

        Assert.Equal("openid profile scope_all identity", tokens["scope"]);
        var refreshed = await provider.Rp.RefreshAsync(tokens.RefreshToken, new() { ["scope"] = $"openid {scope}" });
        Assert.Equal((HttpStatusCode.OK, "openid"), (refreshed.Status, refreshed["scope"]));
    }

    [Fact]
    public async Task Parameters_without_a_meaning_here_are_ignored()
    {
        using var browser = await provider.SignedInBrowserAsync();
        var authorization = provider.Rp.AuthorizationUrl(new()
        {
            ["resource"] = "https://api.example/",
            ["audience"] = "api",
            ["demande"] = "42",
            ["foo"] = "bar",
            ["kc_locale"] = "fr",
            ["access_type"] = "offline",
        });

        var answer = RelyingParty.Answer(await browser.FollowAsync(authorization));
        var tokens = await provider.Rp.RedeemAsync(answer["code"], new()
        {
            ["scope"] = "openid inconnue",
            ["audience"] = "api",
            ["resource"] = "https://api.example/",
            ["foo"] = "bar",
        });
        var refreshed = await provider.Rp.RefreshAsync(tokens.RefreshToken, new() { ["audience"] = "api", ["resource"] = "https://api.example/" });

        Assert.Equal((HttpStatusCode.OK, "openid profile scope_all identity"), (tokens.Status, tokens["scope"]));
        Assert.Equal(HttpStatusCode.OK, refreshed.Status);
    }

    [Theory]
    [InlineData("a b+c%2Bd&e=f#g?h/é€😀")]
    [InlineData("eyJhIjoiYiJ9.==")]
    [InlineData("'\"<>\\^`{|}~")]
    public async Task The_state_comes_back_byte_for_byte(string state)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["state"] = state }));

        Assert.Equal(state, RelyingParty.Answer(response)["state"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb")]
    [InlineData("http://127.0.0.1:8000/cb?x=1", "http://127.0.0.1:51004/cb?x=1")]
    [InlineData("http://[::1]/cb", "http://[::1]:9918/cb")]
    [InlineData("com.example.logiciel:/callback", "com.example.logiciel:/callback")]
    public async Task A_native_application_may_listen_at_any_port_or_have_a_scheme_of_its_own(string registered, string sent)
    {
        var rp = await provider.RegisterAsync(client => (client.Type, client.RedirectUris) = (ClientType.Public, [registered]));
        var (verifier, challenge) = RelyingParty.Pkce();
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(rp.AuthorizationUrl(new()
        {
            ["redirect_uri"] = sent,
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        }));

        Assert.StartsWith(sent, response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var tokens = await rp.RedeemAsync(RelyingParty.Answer(response)["code"], new() { ["redirect_uri"] = sent, ["code_verifier"] = verifier });
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
    }

    [Theory]
    [InlineData(ClientType.Confidential, "http://127.0.0.1/cb", "http://127.0.0.1:51004/cb")]
    [InlineData(ClientType.Public, "http://localhost/cb", "http://localhost:51004/cb")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "http://127.0.0.1:51004/other")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "http://127.0.0.1:51004/cb/")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "http://[::1]:51004/cb")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "https://127.0.0.1:51004/cb")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "http://127.0.0.1:51004@evil.example/cb")]
    [InlineData(ClientType.Public, "http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb")]
    [InlineData(ClientType.Public, "https://rp.test/cb", "https://rp.test:8443/cb")]
    public async Task No_other_address_has_a_free_port(ClientType type, string registered, string sent)
    {
        var rp = await provider.RegisterAsync(client => (client.Type, client.RedirectUris) = (type, [registered]));
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync(rp.AuthorizationUrl(new() { ["redirect_uri"] = sent })));
    }
}
