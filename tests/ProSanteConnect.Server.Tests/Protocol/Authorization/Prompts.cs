using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>When a session answers by itself, and when the practitioner is asked again (OpenID Connect Core 3.1.2.1).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "OIDCC-BASIC")]
public sealed class Prompts(SharedProvider provider)
{
    [Fact]
    public async Task Without_a_session_prompt_none_is_answered_login_required()
    {
        using var browser = provider.App.NewBrowser();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none" })));

        Assert.Equal("login_required", answer["error"]);
        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(PscApp.Issuer, answer["iss"]);
        Assert.False(answer.ContainsKey("code"));
    }

    [Fact]
    public async Task With_a_session_prompt_none_is_answered_silently_for_the_same_sign_in()
    {
        using var browser = provider.App.NewBrowser();
        var first = await IdTokenAsync(await provider.Rp.SignInAsync(browser, provider.Practitioner));

        var second = await IdTokenAsync(RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none" }))));

        Assert.Equal(first.Text("sub"), second.Text("sub"));
        Assert.Equal(first.Text("sid"), second.Text("sid"));
        Assert.Equal(first.Number("auth_time"), second.Number("auth_time"));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.18")]
    public async Task One_session_serves_all_relying_parties()
    {
        using var browser = await provider.SignedInBrowserAsync();
        var other = await provider.RegisterAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(other.AuthorizationUrl()));

        Assert.Equal("898765000017", RelyingParty.Payload((await other.RedeemAsync(answer["code"])).IdToken).Text("preferred_username"));
    }

    [Fact]
    public async Task Whoever_signs_in_over_another_person_ends_their_session()
    {
        using var browser = provider.App.NewBrowser();
        var former = await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, provider.Practitioner))["code"]);
        var next = await provider.App.AddAsync(Build.Practitioner("899700218797"));

        var page = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "login" }));
        var answer = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, next, page));

        Assert.True(answer.ContainsKey("code"));
        Assert.Equal("invalid_grant", (await provider.Rp.RefreshAsync(former.RefreshToken)).Error);
    }

    [Theory]
    [Trait("Requirement", "ASVS-7.6.1")]
    [InlineData("login")]
    [InlineData("select_account")]
    [InlineData("login consent")]
    public async Task Prompt_login_asks_again_and_is_content_with_the_answer(string prompt)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var page = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = prompt }));
        var answer = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, provider.Practitioner, page));

        Assert.True(answer.ContainsKey("code"));
    }

    [Fact]
    public async Task Prompt_consent_asks_nothing_because_the_legal_base_is_not_consent()
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = "consent" })));

        Assert.True(answer.ContainsKey("code"));
    }

    [Theory]
    [InlineData("none login")]
    [InlineData("none select_account")]
    [InlineData("create")]
    [InlineData("LOGIN")]
    public async Task A_prompt_that_makes_no_sense_is_refused(string prompt)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["prompt"] = prompt })));

        Assert.Equal("invalid_request", answer["error"]);
    }

    [Fact]
    public async Task A_hint_that_names_the_person_of_the_session_is_answered_silently()
    {
        using var browser = provider.App.NewBrowser();
        var hint = (await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(browser, provider.Practitioner))["code"])).IdToken;

        var answer = RelyingParty.Answer(await browser.FollowAsync(
            provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none", ["id_token_hint"] = hint })));

        Assert.True(answer.ContainsKey("code"));
    }

    [Fact]
    public async Task A_hint_that_names_another_person_is_never_answered_with_the_one_of_the_session()
    {
        var other = await provider.App.AddAsync(Build.Practitioner("898765000025"));
        using var elsewhere = provider.App.NewBrowser();
        var hint = (await provider.Rp.RedeemAsync((await provider.Rp.SignInAsync(elsewhere, other))["code"])).IdToken;
        using var browser = await provider.SignedInBrowserAsync();

        var silent = RelyingParty.Answer(await browser.FollowAsync(
            provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none", ["id_token_hint"] = hint })));
        var page = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["id_token_hint"] = hint }));
        var wrongPerson = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, provider.Practitioner, page));
        var again = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["id_token_hint"] = hint }));
        var rightPerson = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, other, again));

        Assert.Equal("login_required", silent["error"]);
        Assert.Equal("login_required", wrongPerson["error"]);
        Assert.Equal("etat-1", wrongPerson["state"]);
        Assert.Equal("898765000025", (await IdTokenAsync(rightPerson)).Text("preferred_username"));
    }

    [Fact]
    [Trait("Requirement", "T10")]
    public async Task A_hint_that_was_issued_to_another_client_is_refused()
    {
        var other = await provider.RegisterAsync();
        var hint = (await provider.SignInAsync(other)).IdToken;
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["id_token_hint"] = hint })));

        Assert.Equal("invalid_request", answer["error"]);
    }

    [Theory]
    [InlineData("login_hint", "898765000017")]
    [InlineData("ui_locales", "fr-FR en")]
    [InlineData("ui_locales", "tlh")]
    [InlineData("claims_locales", "fr")]
    [InlineData("display", "page")]
    [InlineData("display", "popup")]
    [InlineData("extra", "foobar")]
    [InlineData("kc_idp_hint", "OKTA_exemple")]
    [InlineData("claims", """{"userinfo":{"given_name":{"essential":true}}}""")]
    [InlineData("id_token_hint", "n'importe quoi")]
    public async Task A_wish_that_changes_nothing_disturbs_nothing(string parameter, string value)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { [parameter] = value })));

        Assert.True(answer.ContainsKey("code"));
        Assert.False(answer.ContainsKey(parameter));
    }

    private async Task<System.Text.Json.JsonElement> IdTokenAsync(Dictionary<string, string> answer) =>
        RelyingParty.Payload((await provider.Rp.RedeemAsync(answer["code"])).IdToken);
}
