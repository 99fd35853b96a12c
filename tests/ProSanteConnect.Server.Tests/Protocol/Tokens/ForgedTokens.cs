using System.Net;
using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Tokens;

/// <summary>A forged token is refused at every endpoint (security-checklist T10, T18).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "T18")]
public sealed class ForgedTokens(SharedProvider provider)
{
    private readonly Forgery _forgery = new(provider.App);

    public static TheoryData<string> Names() => [.. Forgery.Names];

    [Fact]
    public void There_are_more_than_forty() => Assert.InRange(Forgery.Names.Distinct().Count(), 40, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UserInfo_refuses_it(string name)
    {
        var response = await provider.Rp.UserInfoAsync(_forgery.Of(provider.Tokens.AccessToken, name));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_token", (await RelyingParty.JsonAsync(response)).Text("error"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Introspection_calls_it_not_active(string name)
    {
        foreach (var token in new[] { provider.Tokens.AccessToken, provider.Tokens.RefreshToken })
        {
            var document = await provider.Rp.IntrospectAsync(_forgery.Of(token, name));

            Assert.Equal("""{"active":false}""", JsonSerializer.Serialize(document));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_token_endpoint_gives_nothing_for_it(string name)
    {
        var answer = await provider.Rp.RefreshAsync(_forgery.Of(provider.Tokens.RefreshToken, name));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_grant", answer.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "T13")]
    public async Task It_signs_nobody_out(string name)
    {
        // A hint may be old (RP-Initiated Logout 1.0, section 2), and an ID token names no grant.
        if (name is "ours, expired" or "ours, no expiry" or "ours, an unknown grant" or "ours, an unknown client") return;

        using var browser = provider.App.NewBrowser();
        var answer = await provider.Rp.SignInAsync(browser, provider.Practitioner);
        var hint = _forgery.Of((await provider.Rp.RedeemAsync(answer["code"])).IdToken, name);

        await browser.Http.GetAsync($"{RelyingParty.Realm}/logout?id_token_hint={hint}", TestContext.Current.CancellationToken);

        var silent = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none" })));
        Assert.True(silent.ContainsKey("code"));
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task The_good_token_it_was_made_of_does_sign_out()
    {
        using var browser = provider.App.NewBrowser();
        var hint = (await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, provider.Practitioner))["code"])).IdToken;

        await browser.Http.GetAsync($"{RelyingParty.Realm}/logout?id_token_hint={hint}", TestContext.Current.CancellationToken);

        var silent = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none" })));
        Assert.Equal("login_required", silent["error"]);
    }

    [Fact]
    [Trait("Requirement", "T10")]
    public async Task Each_kind_of_token_is_good_for_its_own_use_only()
    {
        var (access, refresh, id) = (provider.Tokens.AccessToken, provider.Tokens.RefreshToken, provider.Tokens.IdToken);

        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await provider.Rp.UserInfoAsync(refresh)).StatusCode);
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(access)).Error);
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(id)).Error);
    }

    [Fact]
    public async Task The_tokens_that_were_forged_were_good_ones()
    {
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.UserInfoAsync(provider.Tokens.AccessToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RefreshAsync(provider.Tokens.RefreshToken)).Status);
    }
}
