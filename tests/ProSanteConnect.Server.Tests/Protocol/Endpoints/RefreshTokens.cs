using System.Net;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
public sealed class RefreshTokens(SharedProvider provider)
{
    [Fact]
    [Trait("Requirement", "OIDCC-BASIC")]
    public async Task A_refresh_brings_new_tokens_of_the_same_sign_in()
    {
        var first = await provider.SignInAsync();

        var second = await provider.Rp.RefreshAsync(first.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal("Bearer", second["token_type"]);
        Assert.Equal("no-store", second.Response.Headers.CacheControl!.ToString());
        Assert.Equal(first["session_state"], second["session_state"]);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.UserInfoAsync(second.AccessToken)).StatusCode);
    }

    [Theory]
    [Trait("Requirement", "PSC-1.15")]
    [InlineData("openid scope_all")]
    [InlineData("scope_all")]
    public async Task A_refresh_may_repeat_the_scope_as_skezi_does(string scope)
    {
        var first = await provider.SignInAsync();

        var second = await provider.Rp.RefreshAsync(first.RefreshToken, new() { ["scope"] = scope });

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first["scope"], second["scope"]);
        Assert.True(second.Has("id_token"));
    }

    [Fact]
    [Trait("Requirement", "RFC6749-6")]
    public async Task A_refresh_for_less_gives_a_token_that_opens_less()
    {
        var first = await provider.SignInAsync();

        var second = await provider.Rp.RefreshAsync(first.RefreshToken, new() { ["scope"] = "openid" });

        Assert.Equal("openid", RelyingParty.Payload(second.AccessToken).Text("scope"));
        Assert.Equal("openid", second["scope"]);
        var userInfo = await RelyingParty.JsonAsync(await provider.Rp.UserInfoAsync(second.AccessToken));
        Assert.Equal(["SubjectNameID", "preferred_username", "sub"], userInfo.Names());
    }

    [Fact]
    [Trait("Requirement", "RFC9700-2.2.2")]
    public async Task A_refresh_for_more_is_refused()
    {
        var first = await provider.SignInAsync(parameters: new() { ["scope"] = "openid" });

        var second = await provider.Rp.RefreshAsync(first.RefreshToken, new() { ["scope"] = "openid scope_all" });

        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Equal("invalid_scope", second.Error);
    }

    [Fact]
    [Trait("Requirement", "T10")]
    public async Task A_refresh_token_of_another_client_is_refused_and_stays_good_for_its_own()
    {
        var other = await provider.RegisterAsync();
        var first = await provider.SignInAsync();

        var stolen = await other.RefreshAsync(first.RefreshToken);

        Assert.Equal(HttpStatusCode.BadRequest, stolen.Status);
        Assert.Equal("invalid_grant", stolen.Error);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RefreshAsync(first.RefreshToken)).Status);
    }

    [Fact]
    public async Task A_confidential_client_may_present_the_same_token_again_as_at_Pro_Sante_Connect()
    {
        var first = await provider.SignInAsync();

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RefreshAsync(first.RefreshToken)).Status);
    }

    [Theory]
    [Trait("Requirement", "RFC9700-4.14.2")]
    [Trait("Requirement", "ASVS-10.4.5")]
    [InlineData(ClientType.Public)]
    [InlineData(ClientType.Confidential)]
    public async Task Where_rotation_is_strict_each_token_is_good_once_and_a_second_use_ends_the_grant(ClientType type)
    {
        var (rp, first) = await StrictAsync(type);
        var second = await rp.RefreshAsync(first.RefreshToken);
        var third = await rp.RefreshAsync(second.RefreshToken);

        var replay = await rp.RefreshAsync(first.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(HttpStatusCode.OK, third.Status);
        Assert.Equal("invalid_grant", replay.Error);
        Assert.Equal("invalid_grant", (await rp.RefreshAsync(third.RefreshToken)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await rp.UserInfoAsync(third.AccessToken)).StatusCode);
    }

    [Fact]
    public async Task A_strict_token_shown_to_introspection_is_not_spent_and_a_spent_one_not_active()
    {
        var (rp, first) = await StrictAsync(ClientType.Confidential);

        Assert.True((await rp.IntrospectAsync(first.RefreshToken)).GetProperty("active").GetBoolean());
        var second = await rp.RefreshAsync(first.RefreshToken);

        Assert.False((await rp.IntrospectAsync(first.RefreshToken)).GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await rp.RefreshAsync(second.RefreshToken)).Status);
    }

    [Fact]
    public async Task A_stranger_who_presents_a_spent_strict_token_ends_nothing()
    {
        var (rp, first) = await StrictAsync(ClientType.Confidential);
        var second = await rp.RefreshAsync(first.RefreshToken);
        var stranger = await provider.RegisterAsync();

        await stranger.RefreshAsync(first.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, (await rp.RefreshAsync(second.RefreshToken)).Status);
    }

    [Fact]
    public async Task A_client_that_loses_the_refresh_grant_loses_its_use()
    {
        var first = await provider.SignInAsync();
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["authorization_code"]);

        var answer = await rp.RefreshAsync(first.RefreshToken);

        Assert.True(answer.Error is "unauthorized_client" or "invalid_grant");
    }

    private async Task<(RelyingParty Rp, TokenAnswer Tokens)> StrictAsync(ClientType type)
    {
        var rp = await provider.RegisterAsync(client =>
        {
            client.Type = type;
            client.StrictRefreshRotation = type == ClientType.Confidential;
        });
        var (verifier, challenge) = RelyingParty.Pkce();
        using var browser = await provider.SignedInBrowserAsync();
        var code = RelyingParty.Answer(await browser.FollowAsync(
            rp.AuthorizationUrl(new() { ["code_challenge"] = challenge, ["code_challenge_method"] = "S256" })))["code"];
        return (rp, await rp.RedeemAsync(code, new() { ["code_verifier"] = verifier }));
    }
}
