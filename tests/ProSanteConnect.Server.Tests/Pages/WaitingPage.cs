using System.Net;
using System.Text.Json;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The page "Validez sur votre téléphone" and its outcomes (screens C2).</summary>
public sealed class WaitingPage : IAsyncLifetime
{
    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;
    private RulesPhone _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
        _phone = await RulesPhone.ActivateAsync(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Shows_the_number_the_time_and_the_ways_out()
    {
        var page = await _browser.StartApprovalAsync(_rp);

        var number = page.NumberOf();
        Assert.Matches("^[1-9][0-9]$", number);
        Assert.Equal($"Nombre à saisir : {number[0]}, {number[1]}", page.Text("#nombre .unseen"));
        Assert.Equal("Ouvrez l'application e-CPS et saisissez ce nombre, puis votre code PIN.", page.Text("#consigne"));
        Assert.Equal("Il vous reste 2 min 00 s.", page.Text("#reste"));
        Assert.Equal("120", page.Find("progress")!.GetAttribute("value"));
        Assert.Equal(["Renvoyer la demande", "Utiliser ma carte", "Annuler"], page.All("form button").Select(HtmlPage.Words));
        Assert.Equal($"/app/#demande={(await _phone.AskedAsync())!.Id}&retour=1", page.Link("#ouvrir-application"));
    }

    [Fact]
    public async Task Reads_itself_anew_without_a_script_and_knows_the_time_that_is_left()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        _app.Clock.Advance(TimeSpan.FromSeconds(5));

        var later = await page.ReloadAsync(_browser);

        Assert.Contains("http-equiv=\"refresh\" content=\"5\"", page.Find("noscript")!.InnerHtml.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(page.NumberOf(), later.NumberOf());
        Assert.Equal("Il vous reste 1 min 55 s.", later.Text("#reste"));
    }

    [Fact]
    public async Task Its_one_script_is_a_file_of_our_own()
    {
        var page = await _browser.StartApprovalAsync(_rp);

        var script = await _browser.Http.GetAsync(Assert.Single(page.All("script")).GetAttribute("src"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_approval_leads_to_tokens_that_say_MOBILE()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        Assert.IsType<ApproveResult.Approved>(await _phone.ApproveAsync(page.NumberOf()));
        _app.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = RelyingParty.Answer(await _browser.FollowAsync(page.Response.RequestMessage!.RequestUri!.PathAndQuery));

        var tokens = await _rp.RedeemAsync(answer["code"]);
        var (idToken, accessToken) = (RelyingParty.Payload(tokens.IdToken), RelyingParty.Payload(tokens.AccessToken));
        var userInfo = await RelyingParty.JsonAsync(await _rp.UserInfoAsync(tokens.AccessToken));
        Assert.Equal("MOBILE", idToken.GetProperty("authMode").GetString());
        Assert.Equal("MOBILE", accessToken.GetProperty("authMode").GetString());
        Assert.Equal("MOBILE", userInfo.GetProperty("authMode").GetString());
        Assert.Equal(["swk", "pin", "mfa"], idToken.GetProperty("amr").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(("eidas1", "eidas1"), (idToken.GetProperty("acr").GetString(), accessToken.GetProperty("acr").GetString()));
        Assert.Equal("APPPRIP3^1.2.250.1.213.1.5.1.1.1", userInfo.GetProperty("Palier_Authentification").GetString());
        Assert.Equal(_app.Clock.GetUtcNow().ToUnixTimeSeconds(), idToken.GetProperty("auth_time").GetInt64());
        Assert.Equal(_phone.Practitioner.NationalId, idToken.GetProperty("preferred_username").GetString());
        Assert.NotEqual(Guid.Empty, idToken.GetProperty("sid").GetGuid());
    }

    [Fact]
    public async Task The_portal_opens_by_phone_too()
    {
        var page = await _browser.StartApprovalAsync();
        await _phone.ApproveAsync(page.NumberOf());

        var account = await HtmlPage.ReadAsync(await _browser.FollowAsync(page.Response.RequestMessage!.RequestUri!.PathAndQuery));

        Assert.Equal("Mon compte", account.Heading);
        Assert.Contains("Portail e-CPS avec l'e-CPS", account.Text(".journal"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task The_approval_is_worth_nothing_in_another_browser()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.ApproveAsync(page.NumberOf());
        using var stranger = _app.NewBrowser();
        await stranger.OpenECpsTabAsync(_rp);
        var path = page.Response.RequestMessage!.RequestUri!.PathAndQuery;

        var waiting = await HtmlPage.OpenAsync(stranger, path);
        var next = await stranger.Http.GetAsync(path.Replace("/e-cps", "/suite", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var news = await stranger.Http.GetAsync(NewsOf(page), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Gone, waiting.Response.StatusCode);
        Assert.StartsWith("/connexion?", next.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("psc-session", string.Join(';', Cookies(next)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, news.StatusCode);
        Assert.Equal("""{"etat":"unknown"}""", await news.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Says_that_the_request_was_refused()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.DenyAsync();

        await AssertOutcomeAsync(
            page,
            "Vous avez refusé cette demande sur votre téléphone.",
            "Si ce n'était pas vous, rien d'autre n'est à faire : personne n'a été connecté.");
    }

    [Fact]
    [Trait("Requirement", "T1")]
    public async Task Says_that_the_number_was_wrong()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        Assert.IsType<ApproveResult.NumberWrong>(await _phone.ApproveAsync(page.NumberOf() == "42" ? "43" : "42"));

        await AssertOutcomeAsync(page, "Le nombre saisi n'était pas le bon.", "Par sécurité, cette demande est close.");
    }

    [Theory]
    [InlineData(PhoneSignInSteps.Camille)]
    [InlineData("899700218896")]
    public async Task Says_that_the_time_is_over_whoever_was_asked(string identifier)
    {
        var page = await _browser.StartApprovalAsync(_rp, identifier);
        _app.Clock.Advance(TimeSpan.FromSeconds(120));

        await AssertOutcomeAsync(
            page,
            "La demande a expiré au bout de deux minutes.",
            "Personne n'a répondu à temps. Vérifiez votre identifiant, gardez votre téléphone à portée de main et recommencez. Si l'application dit que votre e-CPS est bloquée ou inactive, utilisez votre carte.");
    }

    [Theory]
    [InlineData(PhoneSignInSteps.Camille)]
    [InlineData("899700218896")]
    public async Task Says_that_another_tab_has_asked_anew_whoever_was_asked(string identifier)
    {
        var page = await _browser.StartApprovalAsync(_rp, identifier);
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        await _browser.StartApprovalAsync(_rp, identifier);

        await AssertOutcomeAsync(
            page,
            "Une nouvelle demande a remplacé celle-ci.",
            "Elle a été envoyée d'un autre onglet de ce navigateur. Répondez-y, ou recommencez ici.");
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task A_stranger_who_asks_for_the_same_holder_changes_nothing_here()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        using var stranger = _app.NewBrowser();
        _app.Clock.Advance(TimeSpan.FromSeconds(5));
        var theirs = await stranger.StartApprovalAsync(_rp);

        var waiting = await page.ReloadAsync(_browser);

        Assert.Equal(page.NumberOf(), waiting.NumberOf());
        Assert.Equal(theirs.NumberOf(), (await _phone.AskedAsync())!.Number);
        _app.Clock.Advance(TimeSpan.FromSeconds(115));
        Assert.Equal("La demande a expiré au bout de deux minutes.", (await page.ReloadAsync(_browser)).Heading);
    }

    [Fact]
    public async Task Starting_again_finds_the_identifier_that_was_typed()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.DenyAsync();

        var tab = await HtmlPage.OpenAsync(_browser, (await page.ReloadAsync(_browser)).Link("#recommencer"));
        var again = await tab.PressAsync(_browser, "#se-connecter-e-cps");

        Assert.Equal(PhoneSignInSteps.Camille, tab.Find("#identifiant")!.GetAttribute("value"));
        Assert.StartsWith("/connexion/e-cps?", again.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await _phone.AskedAsync());
    }

    [Theory]
    [InlineData(PhoneSignInSteps.Camille)]
    [InlineData("899700218896")]
    public async Task Sends_the_request_again_with_another_number(string identifier)
    {
        var page = await _browser.StartApprovalAsync(_rp, identifier);
        _app.Clock.Advance(TimeSpan.FromSeconds(10));

        var sent = await page.PressAsync(_browser, "#renvoyer");

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var again = await HtmlPage.OpenAsync(_browser, sent.Headers.Location!.ToString());
        Assert.NotEqual(page.Link("#ouvrir-application"), again.Link("#ouvrir-application"));
        Assert.Equal("Il vous reste 2 min 00 s.", again.Text("#reste"));
        Assert.Equal(identifier == PhoneSignInSteps.Camille ? again.NumberOf() : null, (await _phone.AskedAsync())?.Number);
    }

    [Fact]
    public async Task Who_has_approved_is_not_asked_again()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.ApproveAsync(page.NumberOf());
        _app.Clock.Advance(TimeSpan.FromSeconds(1));

        var sent = await page.PressAsync(_browser, "#renvoyer");
        var answer = RelyingParty.Answer(await _browser.FollowAsync(sent.Headers.Location!.ToString()));

        Assert.Null(await _phone.AskedAsync());
        Assert.Contains("code", answer.Keys);
    }

    [Fact]
    public async Task Takes_the_request_back_for_whoever_takes_the_card()
    {
        var page = await _browser.StartApprovalAsync(_rp);

        var card = await HtmlPage.OpenAsync(_browser, (await page.PressAsync(_browser, "#utiliser-carte")).Headers.Location!.ToString());

        Assert.NotNull(card.Find("#se-connecter-carte"));
        Assert.Null(await _phone.AskedAsync());
        Assert.Equal("Cette demande a été annulée.", (await page.ReloadAsync(_browser)).Heading);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_here_or_on_the_page_before_ends_the_request_and_tells_the_application(bool here)
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);
        var page = await tab.SubmitIdentifierAsync(_browser);

        var cancelled = await (here ? page : tab).PressAsync(_browser, "#annuler");
        var answer = RelyingParty.Answer(await _browser.FollowAsync(cancelled.Headers.Location!.ToString()));

        Assert.Equal("access_denied", answer["error"]);
        Assert.Null(await _phone.AskedAsync());
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task Forms_without_their_token_are_refused()
    {
        var page = await _browser.StartApprovalAsync(_rp);

        foreach (var button in new[] { "#renvoyer", "#utiliser-carte", "#annuler" })
        {
            var refused = await HtmlPage.ReadAsync(await page.PressAsync(_browser, button, withoutToken: true));
            Assert.Equal("Cette page a expiré.", refused.Heading);
        }

        Assert.Equal(page.NumberOf(), (await _phone.AskedAsync())!.Number);
    }

    [Fact]
    public async Task The_second_tab_and_the_back_button_go_on_after_the_sign_in()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.ApproveAsync(page.NumberOf());
        var path = page.Response.RequestMessage!.RequestUri!.PathAndQuery;
        await _browser.FollowAsync(path);

        var back = await _browser.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var second = await _browser.Http.GetAsync(path.Replace("/e-cps", "/suite", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.StartsWith("/auth?psc_sign_in=", back.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/auth?psc_sign_in=", second.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_before_anybody_was_asked_it_leads_to_the_field()
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var response = await _browser.Http.GetAsync(
            tab.Response.RequestMessage!.RequestUri!.PathAndQuery.Replace("/connexion?", "/connexion/e-cps?", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        Assert.EndsWith("&moyen=e-cps", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deactivation_between_the_approval_and_the_next_page_signs_nobody_in()
    {
        var page = await _browser.StartApprovalAsync(_rp);
        await _phone.ApproveAsync(page.NumberOf());
        await _phone.DeactivateAsync();

        var response = await _browser.FollowAsync(page.Response.RequestMessage!.RequestUri!.PathAndQuery);

        Assert.True(Browser.IsSignInPage(response));
    }

    [Fact]
    public async Task Speaks_the_language_of_the_relying_party()
    {
        var start = await _browser.FollowAsync(_rp.AuthorizationUrl(new() { ["ui_locales"] = "en" }));
        var tab = await HtmlPage.OpenAsync(_browser, $"{start.Headers.Location}&moyen=e-cps");

        var page = await tab.SubmitIdentifierAsync(_browser);

        Assert.Equal("Confirm on your phone", page.Heading);
        Assert.Equal("You have 2 min 00 s left.", page.Text("#reste"));
    }

    internal static string NewsOf(HtmlPage page) => page.Find("[data-news]")!.GetAttribute("data-news")!;

    private async Task AssertOutcomeAsync(HtmlPage waiting, string title, string advice)
    {
        var page = await waiting.ReloadAsync(_browser);

        Assert.Equal((title, advice), (page.Heading, page.Text("#issue-conseil")));
        Assert.Equal("Recommencer", page.Text("#recommencer"));
        Assert.Empty(page.All("script"));
        Assert.Null(page.Find("#nombre"));
        using var news = JsonDocument.Parse(await _browser.Http.GetStringAsync(NewsOf(waiting), TestContext.Current.CancellationToken));
        Assert.Equal(page.Find("[data-outcome]")!.GetAttribute("data-outcome"), news.RootElement.GetProperty("etat").GetString());
        Assert.False(news.RootElement.TryGetProperty("suite", out _));
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];
}
