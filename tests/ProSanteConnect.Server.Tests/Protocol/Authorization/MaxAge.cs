using System.Globalization;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>How old a sign-in may be (OpenID Connect Core 3.1.2.1, max_age).</summary>
[Trait("Requirement", "OIDCC-BASIC")]
public sealed class MaxAge
{
    [Fact]
    [Trait("Requirement", "ASVS-7.6.1")]
    public async Task A_sign_in_older_than_the_relying_party_bears_is_made_anew_and_says_so()
    {
        await using var app = await PscApp.StartAsync();
        var practitioner = await app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        var first = RelyingParty.Payload((await rp.RedeemAsync((await rp.SignInAsync(browser, practitioner))["code"])).IdToken);
        app.Clock.Advance(TimeSpan.FromSeconds(2));

        var page = await browser.FollowAsync(rp.AuthorizationUrl(new() { ["max_age"] = "1" }));
        var answer = RelyingParty.Answer(await rp.ApproveAsync(browser, practitioner, page));
        var second = RelyingParty.Payload((await rp.RedeemAsync(answer["code"])).IdToken);

        Assert.Equal(first.Number("auth_time") + 2, second.Number("auth_time"));
        Assert.Equal(first.Text("sub"), second.Text("sub"));
    }

    [Fact]
    public async Task A_sign_in_that_is_young_enough_answers_by_itself()
    {
        await using var app = await PscApp.StartAsync();
        var practitioner = await app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        var first = RelyingParty.Payload(
            (await rp.RedeemAsync((await rp.SignInAsync(browser, practitioner, new() { ["max_age"] = "15000" }))["code"])).IdToken);
        app.Clock.Advance(TimeSpan.FromMinutes(20));

        var answer = RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl(new() { ["max_age"] = "10000" })));
        var second = RelyingParty.Payload((await rp.RedeemAsync(answer["code"])).IdToken);

        Assert.Equal(first.Number("auth_time"), second.Number("auth_time"));
        Assert.Equal(first.Text("sub"), second.Text("sub"));
    }

    [Theory]
    [InlineData(59, 60, true)]
    [InlineData(60, 60, false)]
    [InlineData(0, 0, false)]
    [InlineData(600, long.MaxValue, true)]
    public async Task The_age_counts_in_seconds_since_the_sign_in(int age, long maxAge, bool isAnswered)
    {
        await using var app = await PscApp.StartAsync();
        var practitioner = await app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();
        await rp.SignInAsync(browser, practitioner);
        app.Clock.Advance(TimeSpan.FromSeconds(age));

        var response = await browser.FollowAsync(rp.AuthorizationUrl(new()
        {
            ["max_age"] = maxAge.ToString(CultureInfo.InvariantCulture),
            ["prompt"] = "none",
        }));

        Assert.Equal(isAnswered ? "code" : "error", RelyingParty.Answer(response).Keys.Single(key => key is "code" or "error"));
    }
}
