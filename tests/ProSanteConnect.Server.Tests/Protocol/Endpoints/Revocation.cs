using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
[Trait("Requirement", "RFC7009-2")]
public sealed class Revocation(SharedProvider provider)
{
    [Fact]
    public async Task A_revoked_access_token_is_dead_and_its_refresh_token_lives()
    {
        var tokens = await provider.SignInAsync();

        var response = await provider.Rp.RevokeAsync(tokens.AccessToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.False((await provider.Rp.IntrospectAsync(tokens.AccessToken)).GetProperty("active").GetBoolean());
        var second = await provider.Rp.RefreshAsync(tokens.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.UserInfoAsync(second.AccessToken)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_refresh_token_takes_every_token_of_its_grant_along()
    {
        var tokens = await provider.SignInAsync();
        var second = await provider.Rp.RefreshAsync(tokens.RefreshToken);

        var response = await provider.Rp.RevokeAsync(tokens.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(tokens.RefreshToken)).Error);
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(second.RefreshToken)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(second.AccessToken)).StatusCode);
    }

    [Fact]
    public async Task Revoking_twice_is_no_error()
    {
        var tokens = await provider.SignInAsync();

        foreach (var token in new[] { tokens.AccessToken, tokens.AccessToken, tokens.RefreshToken, tokens.RefreshToken })
            Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RevokeAsync(token)).StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public async Task What_is_no_token_is_revoked_already(string token) =>
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RevokeAsync(token)).StatusCode);

    [Fact]
    [Trait("Requirement", "T10")]
    public async Task A_stranger_revokes_nothing()
    {
        var stranger = await provider.RegisterAsync();
        var tokens = await provider.SignInAsync();

        foreach (var token in new[] { tokens.AccessToken, tokens.RefreshToken })
        {
            var answer = await stranger.RevokeAsync(token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("invalid_request", (await RelyingParty.JsonAsync(answer)).Text("error"));
        }

        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RefreshAsync(tokens.RefreshToken)).Status);
    }

    [Fact]
    public async Task A_public_client_revokes_its_own_tokens()
    {
        var rp = await provider.RegisterAsync(client => client.Type = Core.RelyingParties.ClientType.Public);
        var (verifier, challenge) = RelyingParty.Pkce();
        using var browser = await provider.SignedInBrowserAsync();
        var code = RelyingParty.Answer(await browser.FollowAsync(
            rp.AuthorizationUrl(new() { ["code_challenge"] = challenge, ["code_challenge_method"] = "S256" })))["code"];
        var tokens = await rp.RedeemAsync(code, new() { ["code_verifier"] = verifier });

        await rp.RevokeAsync(tokens.RefreshToken);

        Assert.Equal("invalid_grant", (await rp.RefreshAsync(tokens.RefreshToken)).Error);
    }
}
