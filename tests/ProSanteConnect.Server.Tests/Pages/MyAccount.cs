using System.Net;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class MyAccount : IAsyncLifetime
{
    private PscApp _app = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _browser = _app.NewBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Asks_to_sign_in_first()
    {
        var response = await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("/connexion?demande=", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_who_I_am_in_words_instead_of_codes()
    {
        await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        Assert.Equal(
            ["Nom", "Madame Camille Marie FICTIF", "Identifiant national", "898765000017"],
            page.All("[aria-labelledby=qui-je-suis] > dl > *").Select(HtmlPage.Words));
        Assert.Equal("Médecin", page.Text("h4"));
        Assert.Contains("Médecine générale", page.Text(".card"), StringComparison.Ordinal);
        Assert.Equal("CABINET DU DR FICTIF", page.Text(".card summary"));
        Assert.Contains("Libéral", page.Text(".card details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_the_directory_lists_no_practice()
    {
        var practitioner = await _app.AddAsync(Build.Practitioner().WithoutPractice());
        await _app.SignInAtPortalAsync(_browser, practitioner);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        Assert.Contains("L'annuaire n'indique aucun exercice.", page.Text("[aria-labelledby=qui-je-suis]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_shows_the_private_mail_address_or_telephone_number()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        Assert.DoesNotContain(practitioner.ContactEmail, page.Text("body"), StringComparison.Ordinal);
        Assert.DoesNotContain(practitioner.ContactPhone[^6..], page.Text("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_until_when_unknown_browsers_are_blocked_and_lifts_it_after_a_fresh_card()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);
        await using (var db = _app.Database.Open())
        {
            db.Add(new ApprovalFreeze { PractitionerId = practitioner.Id, Until = _app.Clock.GetUtcNow().AddDays(1) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");
        Assert.Contains("Jusqu'au 2 juin 2026 à 10:00", page.Text("[aria-labelledby=blocage]"), StringComparison.Ordinal);
        _app.Clock.Advance(TimeSpan.FromMinutes(20));
        var stale = await page.PressAsync(_browser, "#debloquer");
        Assert.EndsWith("moyen=carte", stale.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var fresh = _app.NewBrowser();
        await _app.SignInAtPortalAsync(fresh, practitioner);
        page = await HtmlPage.OpenAsync(fresh, "/mon-compte");
        var lifted = await page.PressAsync(fresh, "#debloquer");
        var after = await HtmlPage.OpenAsync(fresh, lifted.Headers.Location!.ToString());

        Assert.StartsWith("Le blocage est levé", after.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Null(after.Find("#debloquer"));
    }

    [Fact]
    public async Task Speaks_of_one_sign_in_in_the_singular_and_folds_the_sessions_away()
    {
        await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        Assert.StartsWith("Votre dernière connexion.", page.Text("#pas-moi-effet"), StringComparison.Ordinal);
        Assert.Equal("Voir la session ouverte", page.Text("#voir-sessions"));
        Assert.False(page.Find("[aria-labelledby=sessions] details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Lists_each_open_session_with_its_application_place_and_time()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);
        var rp = await RelyingParty.RegisterAsync(_app);
        var answer = RelyingParty.Answer(await _browser.FollowAsync(rp.AuthorizationUrl()));
        await rp.RedeemAsync(answer["code"]);
        using var other = _app.NewBrowser();
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await _app.SignInAtPortalAsync(other, practitioner);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        var sessions = page.All("[aria-labelledby=sessions] .card").Select(HtmlPage.Words).ToList();
        Assert.Equal(2, sessions.Count);
        Assert.Contains("1er juin 2026 à 10:05", sessions[0], StringComparison.Ordinal);
        Assert.Contains("aucune, seulement ce portail", sessions[0], StringComparison.Ordinal);
        Assert.Contains("Cette session", sessions[1], StringComparison.Ordinal);
        Assert.Contains("Logiciel de test", sessions[1], StringComparison.Ordinal);
        Assert.Contains("Firefox sous Windows", sessions[1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "ASVS-7.5.2")]
    public async Task Ends_one_of_my_other_sessions_and_leaves_this_one()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);
        using var other = _app.NewBrowser();
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await _app.SignInAtPortalAsync(other, practitioner);
        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        var ended = await page.PressAsync(_browser, ".card form button");

        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        var after = await HtmlPage.OpenAsync(_browser, ended.Headers.Location!.ToString());
        Assert.Equal("La session est fermée.", after.Text("[role=status]"));
        Assert.Single(after.All("[aria-labelledby=sessions] .card"));
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Ending_this_session_signs_me_out()
    {
        await _app.SignInAtPortalAsync(_browser);
        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        var ended = await page.PressAsync(_browser, ".card form button");

        Assert.Equal("/deconnexion/terminee", ended.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Signs_me_out_of_all_sessions_everywhere()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);
        using var other = _app.NewBrowser();
        await _app.SignInAtPortalAsync(other, practitioner);
        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        var ended = await page.PressAsync(_browser, "#tout-fermer");

        Assert.Equal("/deconnexion/terminee", ended.Headers.Location!.ToString());
        foreach (var browser in new[] { _browser, other })
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    [Trait("Requirement", "ASVS-8.2.2")]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        await _app.SignInAtPortalAsync(_browser);
        var mine = await HtmlPage.OpenAsync(_browser, "/mon-compte");
        using var stranger = _app.NewBrowser();
        await _app.SignInAtPortalAsync(stranger, await _app.AddAsync(Build.Practitioner("898765000025")));
        var theirs = await HtmlPage.OpenAsync(stranger, "/mon-compte");
        theirs.Find("input[name=session]")!.SetAttribute("value", mine.Find("input[name=session]")!.GetAttribute("value"));

        await theirs.PressAsync(stranger, ".card form button");

        Assert.Equal(HttpStatusCode.OK, (await HtmlPage.OpenAsync(_browser, "/mon-compte")).Response.StatusCode);
    }

    [Fact]
    public async Task Tells_my_history_in_words_and_nobody_elses()
    {
        var practitioner = await _app.SignInAtPortalAsync(_browser);
        var rp = await RelyingParty.RegisterAsync(_app);
        await _browser.FollowAsync(rp.AuthorizationUrl());
        var somebody = await _app.AddAsync(Build.Practitioner("898765000025"));
        await JournalAsync(JournalEvent.CardPresented, JournalOutcome.Refused, "card-unknown/weak-signature", practitioner.Id);
        await JournalAsync(JournalEvent.SessionEnded, JournalOutcome.Success, "SignedOutEverywhere", somebody.Id);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte");

        var history = page.All(".journal strong").Select(HtmlPage.Words).ToList();
        Assert.Contains("Connexion avec la carte", history);
        Assert.Contains("Accès à Logiciel de test", history);
        Assert.Contains("Carte refusée : carte non reconnue", history);
        Assert.DoesNotContain("Déconnexion de toutes les sessions", history);
    }

    [Fact]
    public async Task Speaks_English_to_whoever_prefers_it_and_marks_the_directorys_French()
    {
        await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, "/mon-compte", "en");

        Assert.Equal("My account", page.Heading);
        Assert.Contains("Firefox on Windows", page.Text("[aria-labelledby=sessions]"), StringComparison.Ordinal);
        Assert.Equal("fr", page.Find("h4")!.GetAttribute("lang"));
    }

    private async Task JournalAsync(JournalEvent what, JournalOutcome outcome, string detail, long practitionerId)
    {
        await using var db = _app.Database.Open();
        db.Add(new JournalEntry { At = _app.Clock.GetUtcNow(), Event = what, Outcome = outcome, Detail = detail, PractitionerId = practitionerId });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
