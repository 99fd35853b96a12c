using System.Net;
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
        Assert.Equal("eidas1", RelyingParty.Payload(tokens.IdToken).Text("acr"));
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
    [InlineData("acr_values", "eidas1", "eidas1")]
    [InlineData("acr_values", "eidas2", "eidas2")]
    [InlineData("acr_values", "eidas3", "eidas3")]
    [InlineData("acr_values", "eidas2 eidas1", "eidas2")]
    [InlineData("acr_values", "eidas9 eidas1", "eidas1")]
    [InlineData("acr_values", "", "eidas1")]
    [InlineData("acr", "eidas1", "eidas1")]
    [InlineData("acr", "eidas2", "eidas2")]
    public async Task The_first_known_level_is_echoed_in_the_ID_token(string parameter, string requested, string echoed)
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["acr_values"] = null, [parameter] = requested });

        Assert.Equal(echoed, RelyingParty.Payload(tokens.IdToken).Text("acr"));
        Assert.Equal("eidas3", RelyingParty.Payload(tokens.AccessToken).Text("acr"));
    }

    [Theory]
    [Trait("Requirement", "EXI-PSC-6")]
    [InlineData("acr_values", "eidas4")]
    [InlineData("acr_values", "EIDAS1")]
    [InlineData("acr_values", "0")]
    [InlineData("acr", "eidas9")]
    public async Task A_request_for_unknown_levels_alone_is_refused_at_the_relying_party(string parameter, string requested)
    {
        using var browser = provider.App.NewBrowser();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["acr_values"] = null, [parameter] = requested }));
        var answer = RelyingParty.Answer(response);

        Assert.StartsWith(RelyingParty.RedirectUri, response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_request", answer["error"]);
        Assert.Contains("acr_values", answer["error_description"], StringComparison.Ordinal);
        Assert.Equal("etat-1", answer["state"]);
    }

    [Fact]
    public async Task An_operator_may_have_unknown_levels_taken_as_eidas1()
    {
        await using var app = await PscApp.StartAsync(configure: builder => builder.Configuration["Protocol:RefuseUnknownAcr"] = "false");
        var practitioner = await app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var answer = await rp.SignInAsync(browser, practitioner, new() { ["acr_values"] = "eidas9" });

        Assert.Equal("eidas1", RelyingParty.Payload((await rp.RedeemAsync(answer["code"])).IdToken).Text("acr"));
    }
}
