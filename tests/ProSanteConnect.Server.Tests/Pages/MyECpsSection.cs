using System.Net;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The section "Mon e-CPS" of "Mon compte", and the button that deactivates (screens C5; S3.1–S3.3).</summary>
public sealed class MyECpsSection : IAsyncLifetime
{
    private const string Account = "/mon-compte";
    private const string Question = "/mon-compte/desactivation";

    private PscApp _app = null!;
    private Browser _browser = null!;
    private RulesPhone _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _browser = _app.NewBrowser();
        _phone = await RulesPhone.ActivateAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "S3.1")]
    public async Task Shows_that_it_is_active_on_which_phone_and_until_when()
    {
        await SignInByCardAsync();

        var page = await HtmlPage.OpenAsync(_browser, Account);

        Assert.Equal("Actif", page.Text("#actif"));
        Assert.Equal("actif-effet", page.Find("#actif")!.GetAttribute("aria-describedby"));
        Assert.Equal(
            [
                "Téléphone", "Pixel 9", "Activée avec", "votre carte", "Activée le", "1er juin 2026 à 10:00",
                "Valable jusqu'au", "1er juin 2029", "Dernière utilisation", "jamais",
            ],
            page.All("[aria-labelledby=e-cps] dl > *").Select(HtmlPage.Words));
        Assert.Null(page.Find("#reactiver"));
    }

    [Fact]
    [Trait("Requirement", "S3.2")]
    [Trait("Requirement", "S3.3")]
    public async Task The_button_Actif_asks_once_and_then_the_e_CPS_is_Inactive()
    {
        await SignInByCardAsync();
        var question = await PressActiveAsync();
        Assert.Equal(ECpsStatus.Active, (await _phone.ReadAsync()).Status);

        var pressed = await question.PressAsync(_browser, "#desactiver");
        var page = await HtmlPage.OpenAsync(_browser, pressed.Headers.Location!.ToString());

        Assert.Equal("Désactiver votre e-CPS ?", question.Heading);
        Assert.Equal(
            "Vous ne pourrez plus vous connecter avec votre téléphone. Pour la réactiver, il faudra refaire l'activation.", question.Text("#effet"));
        Assert.Equal(["Désactiver", "Annuler"], question.All(".actions > .button").Select(HtmlPage.Words));
        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Equal("Votre e-CPS est désactivée.", page.Text("[role=status]"));
        Assert.Equal("Inactive", page.Text("#inactive"));
        Assert.Null(page.Find("#actif"));
        Assert.Equal("Réactiver mon e-CPS", page.Text("[aria-labelledby=e-cps] h3"));
        Assert.Equal(("/activation", "/app/"), (page.Link("#reactiver-carte"), page.Link("#reactiver-coordonnees")));
        Assert.Contains("Vous l'avez désactivée ici.", page.Text("[aria-labelledby=e-cps]"), StringComparison.Ordinal);
        Assert.Contains("e-CPS désactivée depuis le portail", page.All(".journal strong").Select(HtmlPage.Words));
        Assert.Equal(DeactivationReason.Deactivated, (await _phone.ReadAsync()).DeactivationReason);
    }

    [Fact]
    public async Task Annuler_changes_nothing()
    {
        await SignInByCardAsync();

        var page = await HtmlPage.OpenAsync(_browser, (await PressActiveAsync()).Link("#annuler"));

        Assert.Equal("Actif", page.Text("#actif"));
    }

    [Fact]
    public async Task The_session_that_the_e_CPS_opened_ends_with_it()
    {
        await SignInByPhoneAsync();

        var pressed = await (await PressActiveAsync()).PressAsync(_browser, "#desactiver");
        var page = await HtmlPage.OpenAsync(_browser, pressed.Headers.Location!.ToString());

        Assert.Equal("Votre e-CPS est désactivée.", page.Heading);
        Assert.Contains("en statut Inactive", page.Text("#statut"), StringComparison.Ordinal);
        Assert.NotNull(page.Find("#reactiver-carte"));
        Assert.True(Browser.IsSignInPage(await _browser.Http.GetAsync(Account, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [Trait("Requirement", "ASVS-7.5.1")]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "T9")]
    public async Task Whoever_signed_in_six_minutes_ago_signs_in_again_and_is_asked_then(bool posts)
    {
        await SignInByCardAsync();
        var question = await PressActiveAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(6));

        var response = posts
            ? await question.PressAsync(_browser, "#desactiver")
            : await _browser.Http.GetAsync(Question, TestContext.Current.CancellationToken);
        var back = await _browser.FollowAsync(await _app.ApproveAsync(Browser.SignInRequestIdOf(response), _phone.Practitioner));

        Assert.Equal("Désactiver votre e-CPS ?", (await HtmlPage.ReadAsync(back)).Heading);
        Assert.Equal(ECpsStatus.Active, (await _phone.ReadAsync()).Status);
    }

    [Fact]
    public async Task Nobody_deactivates_the_e_CPS_of_somebody_else()
    {
        using var stranger = _app.NewBrowser();
        var other = await RulesPhone.ActivateAsync(_app, await _app.AddAsync(Build.Practitioner("898765000025")));
        await _app.SignInAtPortalAsync(stranger, other.Practitioner);
        var question = await HtmlPage.OpenAsync(stranger, Question);

        await question.Fill("[name=eCps]", _phone.ECps.Id.ToString()).PressAsync(stranger, "#desactiver");

        Assert.Equal(ECpsStatus.Active, (await _phone.ReadAsync()).Status);
        Assert.Equal(ECpsStatus.Active, (await other.ReadAsync()).Status);
    }

    [Fact]
    public async Task What_was_activated_while_the_question_stood_is_not_deactivated()
    {
        await SignInByCardAsync();
        var question = await PressActiveAsync();
        await _phone.DeactivateAsync();
        var another = await RulesPhone.ActivateAsync(_app, _phone.Practitioner);

        await question.PressAsync(_browser, "#desactiver");

        Assert.Equal(ECpsStatus.Active, (await another.ReadAsync()).Status);
        Assert.Equal(DeactivationReason.Deleted, (await _phone.ReadAsync()).DeactivationReason);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task The_answer_without_its_token_is_refused()
    {
        await SignInByCardAsync();

        var refused = await HtmlPage.ReadAsync(await (await PressActiveAsync()).PressAsync(_browser, "#desactiver", withoutToken: true));

        Assert.Equal("Cette page a expiré.", refused.Heading);
        Assert.Equal(ECpsStatus.Active, (await _phone.ReadAsync()).Status);
    }

    [Fact]
    public async Task Without_an_active_e_CPS_there_is_no_question()
    {
        await SignInByCardAsync();
        await _phone.DeactivateAsync();

        var response = await _browser.Http.GetAsync(Question, TestContext.Current.CancellationToken);

        Assert.Equal("/mon-compte#e-cps", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Whoever_has_none_is_shown_the_way_to_one()
    {
        await _app.SignInAtPortalAsync(_browser, await _app.AddAsync(Build.Practitioner("898765000025")));

        var page = await HtmlPage.OpenAsync(_browser, Account);

        Assert.Equal("/activation", page.Link("#activer"));
        Assert.Null(page.Find("#actif"));
        Assert.Null(page.Find("#inactive"));
    }

    [Fact]
    public async Task An_e_CPS_whose_time_is_over_is_Inactive()
    {
        _app.Clock.Advance(TimeSpan.FromDays(3 * 366));
        await SignInByCardAsync();

        var page = await HtmlPage.OpenAsync(_browser, Account);

        Assert.Equal("Inactive", page.Text("#inactive"));
        Assert.Contains("Sa validité est terminée.", page.Text("[aria-labelledby=e-cps]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_my_sign_ins_with_their_means_and_place()
    {
        var rp = await RelyingParty.RegisterAsync(_app);
        await rp.SignInAsync(_browser, _phone.Practitioner);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await SignInByPhoneAsync();

        var page = await HtmlPage.OpenAsync(_browser, Account);

        Assert.Equal(
            ["Portail e-CPS avec l'e-CPS Firefox sous Windows", "Logiciel de test avec la carte Firefox sous Windows"],
            page.All("[aria-labelledby=connexions] .journal-entry > div").Select(HtmlPage.Words));
        Assert.Equal(
            "Ce n'était pas moi : connexion du 1er juin 2026 à 10:01, Portail e-CPS",
            page.Find("[aria-labelledby=connexions] button")!.GetAttribute("aria-label")!.Replace('\u00a0', ' '));
    }

    [Fact]
    public async Task It_was_not_me_ends_every_session_and_forgets_every_browser()
    {
        await SignInByCardAsync();
        using var thief = _app.NewBrowser();
        await _app.SignInAtPortalAsync(thief, _phone.Practitioner);
        var page = await HtmlPage.OpenAsync(_browser, Account);

        var pressed = await page.PressAsync(_browser, "[aria-labelledby=connexions] button");
        var next = await HtmlPage.OpenAsync(_browser, pressed.Headers.Location!.ToString());

        Assert.Equal("Toutes vos sessions sont fermées.", next.Heading);
        Assert.Equal(Question, next.Link("#desactiver"));
        Assert.Contains("désactivez votre e-CPS", next.Text("#si-e-cps"), StringComparison.Ordinal);
        Assert.Contains("mettre en opposition", next.Text("#si-carte"), StringComparison.Ordinal);
        foreach (var browser in new[] { _browser, thief })
            Assert.True(Browser.IsSignInPage(await browser.Http.GetAsync(Account, TestContext.Current.CancellationToken)));
        await using var db = _app.Database.Open();
        Assert.Empty(await db.KnownBrowsers.ToListAsync(TestContext.Current.CancellationToken));
        var entry = await db.Journal.SingleAsync(e => e.Event == JournalEvent.SignInRepudiated, TestContext.Current.CancellationToken);
        Assert.Equal((_phone.Practitioner.Id, "card"), (entry.PractitionerId, entry.Detail));
        Assert.Equal(ECpsStatus.Active, (await _phone.ReadAsync()).Status);
    }

    [Fact]
    public async Task Nobody_disowns_what_is_no_sign_in_of_theirs()
    {
        await SignInByCardAsync();
        var mine = (await HtmlPage.OpenAsync(_browser, Account)).Find("[name=connexion]")!.GetAttribute("value")!;
        using var stranger = _app.NewBrowser();
        await _app.SignInAtPortalAsync(stranger, await _app.AddAsync(Build.Practitioner("898765000025")));
        var theirs = await HtmlPage.OpenAsync(stranger, Account);

        var pressed = await theirs.Fill("[name=connexion]", mine).PressAsync(stranger, "[aria-labelledby=connexions] button");

        Assert.Equal(Account, pressed.Headers.Location!.ToString());
        Assert.Equal("Mon compte", (await HtmlPage.OpenAsync(_browser, Account)).Heading);
        Assert.Equal("Mon compte", (await HtmlPage.OpenAsync(stranger, Account)).Heading);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task It_was_not_me_without_its_token_is_refused()
    {
        await SignInByCardAsync();
        var page = await HtmlPage.OpenAsync(_browser, Account);

        await page.PressAsync(_browser, "[aria-labelledby=connexions] button", withoutToken: true);

        Assert.Equal("Mon compte", (await HtmlPage.OpenAsync(_browser, Account)).Heading);
    }

    [Fact]
    public async Task Speaks_English_too()
    {
        await SignInByCardAsync();

        var page = await HtmlPage.OpenAsync(_browser, Account, "en");
        var question = await HtmlPage.OpenAsync(_browser, Question, "en");

        Assert.Equal("Active", page.Text("#actif"));
        Assert.Equal("Deactivate your e-CPS?", question.Heading);
    }

    private Task<Practitioner> SignInByCardAsync() => _app.SignInAtPortalAsync(_browser, _phone.Practitioner);

    private async Task SignInByPhoneAsync()
    {
        // Without the session of before, the portal asks who it is.
        foreach (Cookie cookie in _browser.Cookies.GetCookies(new Uri(PscApp.Origin))) cookie.Expired = true;
        var waiting = await _browser.StartApprovalAsync();
        await _phone.ApproveAsync(waiting.NumberOf());
        await _browser.FollowAsync(waiting.Response.RequestMessage!.RequestUri!.PathAndQuery);
    }

    // The button is a form that asks by GET, so that it works without a script.
    private async Task<HtmlPage> PressActiveAsync()
    {
        var form = (await HtmlPage.OpenAsync(_browser, Account)).Find("#actif")!.Closest("form")!;
        Assert.Equal("get", form.GetAttribute("method"));
        return await HtmlPage.OpenAsync(_browser, form.GetAttribute("action")!);
    }
}
