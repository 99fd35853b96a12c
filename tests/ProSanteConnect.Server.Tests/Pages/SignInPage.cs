using System.Net;
using System.Web;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class SignInPage : IAsyncLifetime
{
    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Says_which_application_asks_and_offers_the_card_without_a_script()
    {
        var page = await OpenAsync();

        Assert.Equal(HttpStatusCode.OK, page.Response.StatusCode);
        Assert.Equal("Connectez-vous", page.Heading);
        Assert.Equal("pour accéder à Logiciel de test", page.Text("#application"));
        Assert.Equal("Se connecter avec la carte CPS", page.Text("#se-connecter-carte"));
        Assert.StartsWith("https://carte.psc.test/carte/", page.Link("#se-connecter-carte"), StringComparison.Ordinal);
        Assert.Empty(page.All("script"));
    }

    [Fact]
    public async Task Escapes_the_name_of_the_application()
    {
        var rp = await RelyingParty.RegisterAsync(_app, client => client.Name = "<script>alert(1)</script>", "rp-hostile");

        var page = await HtmlPage.OpenAsync(_browser, await PageUrlAsync(rp));

        Assert.Equal("pour accéder à <script>alert(1)</script>", page.Text("#application"));
        Assert.Empty(page.All("script"));
    }

    [Fact]
    public async Task Names_the_portal_when_the_portal_asks()
    {
        var start = await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken);

        var page = await HtmlPage.OpenAsync(_browser, start.Headers.Location!.ToString());

        Assert.Equal("pour accéder à votre portail e-CPS", page.Text("#application"));
        Assert.Equal("Annuler et revenir au portail", page.Text("#annuler"));
    }

    [Fact]
    public async Task Begins_a_sign_in_of_the_portal_when_it_is_opened_by_hand()
    {
        var response = await _browser.Http.GetAsync("/connexion", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("/connexion?demande=", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tab_that_was_used_last_comes_first()
    {
        var before = await OpenAsync();
        await HtmlPage.OpenAsync(_browser, before.Link("#moyen-e-cps"));

        var after = await OpenAsync();

        Assert.Equal(["moyen-carte", "moyen-e-cps"], before.All(".tabs a").Select(tab => tab.Id));
        Assert.Equal(["moyen-e-cps", "moyen-carte"], after.All(".tabs a").Select(tab => tab.Id));
    }

    [Theory]
    [InlineData("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1", "moyen-e-cps")]
    [InlineData("Sec-CH-UA-Mobile", "?1", "moyen-e-cps")]
    [InlineData("Sec-CH-UA-Mobile", "?0", "moyen-carte")]
    public async Task On_a_phone_the_e_CPS_comes_first(string header, string value, string first)
    {
        _browser.Http.DefaultRequestHeaders.Remove(header);
        _browser.Http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        var page = await OpenAsync();

        Assert.Equal(first, page.All(".tabs a")[0].Id);
        Assert.Equal("page", page.Find("#" + first)!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task The_test_of_the_e_CPS_offers_the_e_CPS_first()
    {
        var test = await RelyingParty.RegisterAsync(_app, clientId: "portail");

        var page = await HtmlPage.OpenAsync(_browser, await PageUrlAsync(test));

        Assert.Equal("moyen-e-cps", page.All(".tabs a")[0].Id);
    }

    [Fact]
    public async Task Cancelling_answers_access_denied_to_the_application()
    {
        var page = await OpenAsync();

        var cancelled = await page.PressAsync(_browser, "#annuler");
        var answer = RelyingParty.Answer(await _browser.FollowAsync(cancelled.Headers.Location!.ToString()));

        Assert.Equal(HttpStatusCode.SeeOther, cancelled.StatusCode);
        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal("etat-1", answer["state"]);
    }

    [Fact]
    public async Task Cancelling_at_the_portal_goes_home()
    {
        var start = await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken);
        var page = await HtmlPage.OpenAsync(_browser, start.Headers.Location!.ToString());

        var cancelled = await page.PressAsync(_browser, "#annuler");

        Assert.Equal("/", cancelled.Headers.Location!.ToString());
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task A_cancellation_without_its_token_is_refused_as_a_stale_page_and_cancels_nothing()
    {
        var page = await OpenAsync();

        var refused = await HtmlPage.ReadAsync(await page.PressAsync(_browser, "#annuler", withoutToken: true));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Response.StatusCode);
        Assert.Equal("Cette page a expiré.", refused.Heading);
        Assert.Equal(page.Response.RequestMessage!.RequestUri!.PathAndQuery, refused.Link(".actions .button"));
        await using var db = _app.Database.Open();
        Assert.Equal(SignInStatus.Opened, (await db.SignInRequests.SingleAsync(TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Another_browser_is_told_that_the_page_has_expired()
    {
        var url = await PageUrlAsync(_rp);
        using var stranger = _app.NewBrowser();

        var page = await HtmlPage.OpenAsync(stranger, url);

        Assert.Equal(HttpStatusCode.Gone, page.Response.StatusCode);
        Assert.Equal("Cette page a expiré.", page.Heading);
    }

    [Fact]
    public async Task An_old_page_has_expired_at_the_sign_in_and_at_the_authorization_page()
    {
        var url = await PageUrlAsync(_rp);
        _app.Clock.Advance(TimeSpan.FromMinutes(16));

        var signIn = await HtmlPage.OpenAsync(_browser, url);
        var authorization = await HtmlPage.OpenAsync(_browser, url.Replace("/connexion", "/auth", StringComparison.Ordinal));

        Assert.Equal("Cette page a expiré.", signIn.Heading);
        Assert.Equal("Cette page a expiré.", authorization.Heading);
        Assert.Null(authorization.Find("#pour-le-developpeur"));
    }

    [Theory]
    [InlineData(null, null, "fr", "Connectez-vous")]
    [InlineData("en", "fr", "en", "Sign in")]
    [InlineData("fr-FR en", "en", "fr", "Connectez-vous")]
    [InlineData(null, "en-GB,en;q=0.9,fr;q=0.8", "en", "Sign in")]
    [InlineData("de", "en", "en", "Sign in")]
    public async Task Speaks_the_language_of_the_request_or_else_the_browsers(string? uiLocales, string? accepted, string language, string heading)
    {
        var url = await PageUrlAsync(_rp, new() { ["ui_locales"] = uiLocales });

        var page = await HtmlPage.OpenAsync(_browser, url, accepted);

        Assert.Equal(language, page.Language);
        Assert.Equal(heading, page.Heading);
    }

    [Fact]
    public async Task Its_forms_may_lead_to_the_address_of_the_application_and_to_nobody_elses()
    {
        var page = await OpenAsync();

        var policy = Assert.Single(page.Response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("form-action 'self' https://rp.test", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_back_button_after_the_sign_in_goes_on_to_the_application()
    {
        var practitioner = await _app.AddAsync(Build.Practitioner());
        var url = await PageUrlAsync(_rp);
        await _browser.FollowAsync(await _app.ApproveAsync(SignInRequestIdOf(url), practitioner));

        var response = await _browser.Http.GetAsync(url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("/auth?psc_sign_in=", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<HtmlPage> OpenAsync() => await HtmlPage.OpenAsync(_browser, await PageUrlAsync(_rp));

    private async Task<string> PageUrlAsync(RelyingParty rp, Dictionary<string, string?>? parameters = null) =>
        (await _browser.FollowAsync(rp.AuthorizationUrl(parameters))).Headers.Location!.ToString();

    private static Guid SignInRequestIdOf(string url) =>
        Guid.Parse(HttpUtility.ParseQueryString(new Uri(new Uri(PscApp.Origin), url).Query)["demande"]!);
}
