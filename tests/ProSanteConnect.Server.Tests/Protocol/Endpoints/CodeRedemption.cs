using System.Net;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
[Trait("Requirement", "T11")]
public sealed class CodeRedemption(SharedProvider provider)
{
    [Fact]
    [Trait("Requirement", "RFC9700-4.2.4a")]
    [Trait("Requirement", "ASVS-10.4.2")]
    public async Task A_code_that_comes_twice_is_refused_and_everything_issued_on_it_ends()
    {
        var code = await CodeAsync();
        var tokens = await provider.Rp.RedeemAsync(code);

        var replay = await provider.Rp.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(HttpStatusCode.BadRequest, replay.Status);
        Assert.Equal("invalid_grant", replay.Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(tokens.RefreshToken)).Error);
        Assert.False((await provider.Rp.IntrospectAsync(tokens.AccessToken)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_replayed_code_leaves_the_session_and_other_relying_parties_alone()
    {
        using var browser = await provider.SignedInBrowserAsync();
        var other = await provider.RegisterAsync();
        var tokens = await other.RedeemAsync(RelyingParty.Answer(await browser.FollowAsync(other.AuthorizationUrl()))["code"]);
        var code = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()))["code"];
        await provider.Rp.RedeemAsync(code);

        await provider.Rp.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.OK, (await other.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.True(RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl())).ContainsKey("code"));
    }

    [Fact]
    public async Task A_spent_code_that_another_client_presents_leaves_the_owners_grant_alone()
    {
        var stranger = await provider.RegisterAsync();
        var code = await CodeAsync();
        var tokens = await provider.Rp.RedeemAsync(code);

        Assert.Equal("invalid_grant", (await stranger.RedeemAsync(code)).Error);

        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RefreshAsync(tokens.RefreshToken)).Status);
    }

    [Fact]
    [Trait("Requirement", "FAPI2")]
    public async Task A_code_of_another_client_is_refused_and_stays_good_for_its_own()
    {
        var other = await provider.RegisterAsync();
        var code = await CodeAsync();

        var stolen = await other.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, stolen.Status);
        Assert.Equal("invalid_grant", stolen.Error);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(code)).Status);
    }

    [Theory]
    [Trait("Requirement", "RFC6749-4.1.3")]
    [InlineData(null, "invalid_request")]
    [InlineData("", "invalid_request")]
    [InlineData("https://rp.test/callback/", "invalid_grant")]
    [InlineData("https://rp.test/autre", "invalid_grant")]
    [InlineData("https://RP.test/callback", "invalid_grant")]
    public async Task The_redirect_URI_must_be_repeated_as_it_was(string? redirectUri, string error)
    {
        var rp = await provider.RegisterAsync(client => client.RedirectUris = [RelyingParty.RedirectUri, "https://rp.test/autre"]);
        using var browser = await provider.SignedInBrowserAsync();
        var code = RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl()))["code"];

        var answer = await rp.RedeemAsync(code, new() { ["redirect_uri"] = redirectUri });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(error, answer.Error);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("é\"'; DROP TABLE Grants; --")]
    public async Task A_made_up_code_is_refused(string code) =>
        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(code)).Error);

    [Fact]
    public async Task A_code_with_a_NUL_cannot_be_read() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await provider.Rp.RedeemAsync("x\u0000y")).Status);

    [Fact]
    public async Task A_code_with_one_letter_changed_is_refused()
    {
        var code = await CodeAsync();
        var changed = (code[0] == 'A' ? 'B' : 'A') + code[1..];

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(changed)).Error);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(code)).Status);
    }

    [Fact]
    public async Task A_token_is_no_code_and_a_code_no_token()
    {
        var tokens = await provider.SignInAsync();
        var code = await CodeAsync();

        Assert.All(
            [tokens.AccessToken, tokens.RefreshToken, tokens.IdToken],
            token => Assert.Equal("invalid_grant", provider.Rp.RedeemAsync(token).Result.Error));
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(code)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(code)).StatusCode);
    }

    [Fact]
    [Trait("Requirement", "R13")]
    public async Task A_code_of_a_session_that_has_ended_is_refused()
    {
        using var browser = provider.App.NewBrowser();
        var answer = await provider.Rp.SignInAsync(browser, provider.Practitioner);
        await using (var db = provider.App.Database.Open())
        {
            await new Sessions(db).EndAsync(
                Guid.Parse(answer["session_state"]), SessionEndReason.SignedOut, null, provider.App.Clock.GetUtcNow(), CancellationToken.None);
        }

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(answer["code"])).Error);
    }

    private async Task<string> CodeAsync()
    {
        using var browser = await provider.SignedInBrowserAsync();
        return RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()))["code"];
    }
}
