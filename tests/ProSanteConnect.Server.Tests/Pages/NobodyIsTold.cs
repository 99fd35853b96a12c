using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>A stranger cannot find out who has an e-CPS (security-checklist T6), and can send few requests to the phone (§5).</summary>
public sealed class NobodyIsTold : IAsyncLifetime
{
    private const string Unknown = "899700218896";

    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private RulesPhone _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _phone = await RulesPhone.ActivateAsync(_app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task Every_identifier_is_answered_by_the_same_bytes()
    {
        var inactive = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000025")));
        await inactive.DeactivateAsync();
        var frozen = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000033")));
        await AskAsync(frozen.Practitioner.NationalId);
        await frozen.DenyAsync(notMe: true);
        var limited = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000041")));
        for (var i = 0; i < 3; i++) await AskAsync(limited.Practitioner.NationalId);
        var without = await _app.AddAsync(Build.Practitioner("898765000058"));

        var known = await PagesOfAsync(PhoneSignInSteps.Camille);

        Assert.NotNull(await _phone.AskedAsync());
        foreach (var identifier in new[] { Unknown, inactive.Practitioner.NationalId, frozen.Practitioner.NationalId, limited.Practitioner.NationalId, without.NationalId })
            Assert.Equal(known, await PagesOfAsync(identifier));
        Assert.Null(await frozen.AskedAsync());
        Assert.Equal(
            ["", "Frozen", "Limited", "NoActiveECps", "UnknownHolder"],
            (await JournalAsync()).Select(entry => entry.Detail).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(PhoneSignInSteps.Camille)]
    [InlineData(Unknown)]
    public async Task An_unknown_browser_disturbs_a_holder_three_times_in_a_quarter_of_an_hour(string identifier)
    {
        for (var i = 0; i < 4; i++) await AskAsync(identifier);

        Assert.Equal(
            identifier == Unknown ? Enumerable.Repeat("UnknownHolder", 4) : ["", "", "", "Limited"],
            (await JournalAsync()).Select(entry => entry.Detail));
        Assert.Equal(4, await CountedAsync("approvals-from-unknown-browsers:"));
    }

    [Fact]
    public async Task A_request_that_is_one_too_many_leaves_the_one_before_alone()
    {
        for (var i = 0; i < 3; i++) await AskAsync(PhoneSignInSteps.Camille);
        var before = await _phone.AskedAsync();

        await AskAsync(PhoneSignInSteps.Camille);

        Assert.Equal(before!.Id, (await _phone.AskedAsync())!.Id);
    }

    [Fact]
    public async Task Ten_times_in_a_day_whatever_the_quarter_of_an_hour()
    {
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 3; i++) await AskAsync(PhoneSignInSteps.Camille);
            _app.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(10, (await JournalAsync()).Count(entry => entry.Outcome == JournalOutcome.Success));
    }

    [Fact]
    [Trait("Requirement", "R24")]
    public async Task A_browser_that_the_holder_knows_may_ask_when_strangers_may_not()
    {
        using var mine = _app.NewBrowser();
        await SignInAsync(mine);
        for (var i = 0; i < 4; i++) await AskAsync(PhoneSignInSteps.Camille);

        for (var i = 0; i < 11; i++) await AskAsync(PhoneSignInSteps.Camille, mine);

        var journal = (await JournalAsync()).Skip(5).ToList();
        Assert.Equal(10, journal.Count(entry => entry.Outcome == JournalOutcome.Success));
        Assert.Equal("Limited", journal[^1].Detail);
    }

    [Fact]
    [Trait("Requirement", "T1")]
    [Trait("Requirement", "R24")]
    public async Task Neither_a_freeze_nor_an_address_holds_back_a_browser_that_the_holder_knows()
    {
        using var mine = _app.NewBrowser();
        await SignInAsync(mine);
        await AskAsync(PhoneSignInSteps.Camille);
        await _phone.DenyAsync(notMe: true);
        for (var i = 0; i < 20; i++) await AskAsync(Unknown);

        var page = await AskAsync(PhoneSignInSteps.Camille, mine);

        Assert.Equal(page.NumberOf(), (await _phone.AskedAsync())!.Number);
        Assert.True((await _phone.AskedAsync())!.KnownBrowser);
    }

    [Fact]
    [Trait("Requirement", "T23")]
    public async Task An_address_asks_twenty_times_in_an_hour_for_whomever()
    {
        for (var i = 0; i < 20; i++) await AskAsync($"0359912{i:000}");

        await AskAsync(PhoneSignInSteps.Camille);

        Assert.Equal("Limited", (await JournalAsync())[^1].Detail);
        Assert.Null(await _phone.AskedAsync());
    }

    [Fact]
    public async Task A_browser_is_known_after_a_sign_in_by_card_too()
    {
        using var browser = _app.NewBrowser();
        await _rp.SignInAsync(browser, _phone.Practitioner);

        await AskAsync(PhoneSignInSteps.Camille, browser);

        Assert.True((await _phone.AskedAsync())!.KnownBrowser);
    }

    [Fact]
    public async Task A_computer_of_a_ward_is_known_to_everybody_who_signed_in_there()
    {
        var colleague = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000025")));
        using var shared = _app.NewBrowser();
        await _rp.SignInAsync(shared, _phone.Practitioner);
        await _rp.SignInAsync(shared, colleague.Practitioner, new() { ["prompt"] = "login" });
        await AskAsync(PhoneSignInSteps.Camille, shared);
        await AskAsync(colleague.Practitioner.NationalId, shared);

        await using var db = _app.Database.Open();
        var asked = await db.ApprovalRequests.ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [_phone.Practitioner.Id, colleague.Practitioner.Id],
            asked.OrderBy(request => request.CreatedAt).Select(request => request.PractitionerId!.Value));
        Assert.Each(asked, request => Assert.True(request.KnownBrowser));
        Assert.Equal(2, await db.KnownBrowsers.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_browser_keeps_its_secret_and_each_holder_has_another()
    {
        var colleague = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000025")));
        using var browser = _app.NewBrowser();
        await _rp.SignInAsync(browser, _phone.Practitioner);
        var mine = Assert.Single(SecretsOf(browser));
        await _rp.SignInAsync(browser, _phone.Practitioner, new() { ["prompt"] = "login" });
        Assert.Equal([mine], SecretsOf(browser));

        await _rp.SignInAsync(browser, colleague.Practitioner, new() { ["prompt"] = "login" });
        var theirs = SecretsOf(browser)[0];
        Assert.Equal([theirs, mine], SecretsOf(browser));
        await _rp.SignInAsync(browser, _phone.Practitioner, new() { ["prompt"] = "login" });

        // The one who signed in last stands first; each keeps a secret of 256 bits.
        Assert.Equal([mine, theirs], SecretsOf(browser));
        Assert.NotEqual(mine, theirs);
        Assert.Each(SecretsOf(browser), secret => Assert.Equal(43, secret.Length));
    }

    private static string[] SecretsOf(Browser browser) =>
        browser.Cookies.GetCookies(new Uri(PscApp.Origin))["__Host-psc-navigateur"]!.Value.Split('.');

    private async Task SignInAsync(Browser browser)
    {
        var page = await AskAsync(PhoneSignInSteps.Camille, browser);
        Assert.IsType<ApproveResult.Approved>(await _phone.ApproveAsync(page.NumberOf()));
        await browser.FollowAsync(page.Response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    private async Task<HtmlPage> AskAsync(string identifier, Browser? browser = null)
    {
        _app.Clock.Advance(TimeSpan.FromMilliseconds(10));
        using var stranger = browser is null ? _app.NewBrowser() : null;
        var asking = browser ?? stranger!;
        var start = await asking.FollowAsync(_rp.AuthorizationUrl(new() { ["prompt"] = "login" }));
        return await (await HtmlPage.OpenAsync(asking, $"{start.Headers.Location}&moyen=e-cps")).SubmitIdentifierAsync(asking, identifier);
    }

    // The pages that a stranger sees: the waiting page and its end.
    private async Task<string> PagesOfAsync(string identifier)
    {
        using var stranger = _app.NewBrowser();
        var waiting = await stranger.StartApprovalAsync(_rp, identifier);
        var number = waiting.NumberOf();
        var bytes = await waiting.BytesAsync($">{number}<", $"{number[0]}, {number[1]}");
        await using var db = _app.Database.Open();
        var id = Guid.Parse(waiting.Link("#ouvrir-application").Split('=', '&')[1]);
        var request = await db.ApprovalRequests.SingleAsync(a => a.Id == id, TestContext.Current.CancellationToken);
        Assert.InRange(int.Parse(request.Number, System.Globalization.CultureInfo.InvariantCulture), 10, 99);
        return $"{(int)waiting.Response.StatusCode}\n{waiting.Response.Headers.CacheControl}\n{bytes}";
    }

    private async Task<List<JournalEntry>> JournalAsync()
    {
        await using var db = _app.Database.Open();
        return await db.Journal.Where(entry => entry.Event == JournalEvent.ApprovalAsked).OrderBy(entry => entry.Id)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<int> CountedAsync(string prefix)
    {
        await using var db = _app.Database.Open();
        return await db.RateLimitCounters.Where(counter => counter.Key.StartsWith(prefix)).Select(counter => counter.Count)
            .SingleAsync(TestContext.Current.CancellationToken);
    }
}
