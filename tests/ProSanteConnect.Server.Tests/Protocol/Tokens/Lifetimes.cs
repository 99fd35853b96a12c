using System.Net;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Tokens;

/// <summary>All lifetimes, to the second (security-checklist §5).</summary>
[Trait("Requirement", "PSC-1.18")]
public sealed class Lifetimes : IAsyncLifetime
{
    private PscApp _app = null!;
    private Practitioner _practitioner = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _practitioner = await _app.AddAsync(Build.Practitioner());
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [Trait("Requirement", "FAPI2")]
    [Trait("Requirement", "ASVS-10.4.3")]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(62, false)]
    public async Task A_code_lives_60_seconds(int seconds, bool isGood)
    {
        var code = (await _rp.SignInAsync(_browser, _practitioner))["code"];
        _app.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var answer = await _rp.RedeemAsync(code);

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        if (!isGood) Assert.Equal("invalid_grant", answer.Error);
    }

    [Theory]
    [Trait("Requirement", "OIDCC-BASIC")]
    [InlineData(30)]
    [InlineData(300)]
    public async Task A_code_that_comes_again_later_still_ends_its_grant(int seconds)
    {
        var code = (await _rp.SignInAsync(_browser, _practitioner))["code"];
        var tokens = await _rp.RedeemAsync(code);
        _app.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var replay = await _rp.RedeemAsync(code);

        Assert.Equal("invalid_grant", replay.Error);
        Assert.Equal("invalid_grant", (await _rp.RefreshAsync(tokens.RefreshToken)).Error);
    }

    [Theory]
    [Trait("Requirement", "PSC-1.5")]
    [InlineData(119, true)]
    [InlineData(121, false)]
    public async Task An_access_token_lives_120_seconds(int seconds, bool isGood)
    {
        var tokens = await SignInAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.Equal(isGood, (await _rp.IntrospectAsync(tokens.AccessToken)).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task A_refresh_token_waits_30_minutes(int minutes, bool isGood)
    {
        var tokens = await SignInAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(isGood, (await _rp.IntrospectAsync(tokens.RefreshToken)).GetProperty("active").GetBoolean());
        var answer = await _rp.RefreshAsync(tokens.RefreshToken);
        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        if (!isGood) Assert.Equal("invalid_grant", answer.Error);
    }

    [Theory]
    [Trait("Requirement", "RIE-PS-13")]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task A_session_ends_after_30_idle_minutes(int minutes, bool isAlive)
    {
        await SignInAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(isAlive, await AnswersSilentlyAsync());
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-13")]
    public async Task A_session_that_is_used_ends_after_4_hours_all_the_same()
    {
        await SignInAsync();
        for (var minute = 0; minute < 220; minute += 20)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await AnswersSilentlyAsync());
        }

        _app.Clock.Advance(TimeSpan.FromMinutes(19));
        Assert.True(await AnswersSilentlyAsync());
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await AnswersSilentlyAsync());
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-13")]
    public async Task A_refresh_is_activity_of_the_session_and_UserInfo_is_not()
    {
        var refreshed = await SignInAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(20));
        var tokens = await _rp.RefreshAsync(refreshed.RefreshToken);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await _rp.UserInfoAsync(tokens.AccessToken);
        _app.Clock.Advance(TimeSpan.FromMinutes(28));

        Assert.Equal(HttpStatusCode.OK, (await _rp.RefreshAsync(tokens.RefreshToken)).Status);
        _app.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await AnswersSilentlyAsync());
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-13")]
    public async Task No_token_outlives_its_session_however_often_it_is_renewed()
    {
        var tokens = await SignInAsync();
        var end = _app.Clock.GetUtcNow() + TimeSpan.FromHours(4);
        for (var minute = 25; minute <= 225; minute += 25)
        {
            _app.Clock.Advance(TimeSpan.FromMinutes(25));
            tokens = await _rp.RefreshAsync(tokens.RefreshToken);
            Assert.Equal(HttpStatusCode.OK, tokens.Status);
        }

        Assert.Equal(end.ToUnixTimeSeconds(), RelyingParty.Payload(tokens.RefreshToken).Number("exp"));
        Assert.Equal(900, tokens.Json.Number("refresh_expires_in"));
        _app.Clock.Advance(TimeSpan.FromMinutes(14) + TimeSpan.FromSeconds(30));
        tokens = await _rp.RefreshAsync(tokens.RefreshToken);
        Assert.Equal(end.ToUnixTimeSeconds(), RelyingParty.Payload(tokens.AccessToken).Number("exp"));
        Assert.Equal(end.ToUnixTimeSeconds(), RelyingParty.Payload(tokens.IdToken).Number("exp"));
        Assert.Equal(30, tokens.Json.Number("expires_in"));

        _app.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("invalid_grant", (await _rp.RefreshAsync(tokens.RefreshToken)).Error);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
    }

    [Fact]
    [Trait("Requirement", "T25")]
    public async Task A_session_opened_by_a_card_ends_with_its_certificate()
    {
        var page = await _browser.FollowAsync(_rp.AuthorizationUrl());
        var back = await _app.ApproveAsync(Browser.SignInRequestIdOf(page), _practitioner, _app.Clock.GetUtcNow().AddMinutes(10));
        var tokens = await _rp.RedeemAsync(RelyingParty.Answer(await _browser.FollowAsync(back))["code"]);

        Assert.Equal(600, tokens.Json.Number("refresh_expires_in"));
        _app.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False(await AnswersSilentlyAsync());
        Assert.Equal("invalid_grant", (await _rp.RefreshAsync(tokens.RefreshToken)).Error);
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-13")]
    public async Task A_session_cookie_that_moves_to_another_browser_is_worth_nothing()
    {
        await SignInAsync();
        _browser.Http.DefaultRequestHeaders.UserAgent.Clear();
        _browser.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0");

        Assert.False(await AnswersSilentlyAsync());
    }

    [Fact]
    public async Task A_sign_in_page_may_stay_open_for_15_minutes()
    {
        var page = await _browser.FollowAsync(_rp.AuthorizationUrl());
        _app.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(RelyingParty.Answer(await _rp.ApproveAsync(_browser, _practitioner, page)).ContainsKey("code"));

        var late = Browser.SignInRequestIdOf(await _browser.FollowAsync(_rp.AuthorizationUrl(new() { ["prompt"] = "login" })));
        _app.Clock.Advance(TimeSpan.FromMinutes(15));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _app.ApproveAsync(late, _practitioner));
        await ErrorPage.AssertAsync(await _browser.FollowAsync($"/auth?psc_sign_in={late}"));
    }

    [Fact]
    public async Task A_code_of_an_earlier_answer_survives_a_later_one()
    {
        var first = (await _rp.SignInAsync(_browser, _practitioner))["code"];
        var second = RelyingParty.Answer(await _browser.FollowAsync(_rp.AuthorizationUrl()))["code"];

        Assert.Equal(HttpStatusCode.OK, (await _rp.RedeemAsync(second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _rp.RedeemAsync(first)).Status);
    }

    private async Task<TokenAnswer> SignInAsync() => await _rp.RedeemAsync((await _rp.SignInAsync(_browser, _practitioner))["code"]);

    private async Task<bool> AnswersSilentlyAsync() =>
        RelyingParty.Answer(await _browser.FollowAsync(_rp.AuthorizationUrl(new() { ["prompt"] = "none" }))).ContainsKey("code");
}
