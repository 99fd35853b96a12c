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
}
