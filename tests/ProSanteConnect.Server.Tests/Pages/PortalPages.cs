using System.Net;
using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class PortalPages : IAsyncLifetime
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
    public async Task The_portal_has_three_doors()
    {
        var page = await HtmlPage.OpenAsync(_browser, "/");

        Assert.Equal(["Activer mon e-CPS", "Mon compte", "Je teste ma e-CPS"], page.All(".door h2").Select(HtmlPage.Words));
        Assert.Equal(["/activation", "/mon-compte", "/je-teste-ma-e-cps"], page.All(".door a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task The_test_page_is_the_public_client_portail_at_its_own_address()
    {
        var page = await HtmlPage.OpenAsync(_browser, "/je-teste-ma-e-cps");

        var settings = page.Find("#essai")!;
        Assert.Equal("portail", settings.GetAttribute("data-client-id"));
        Assert.Equal($"{PscApp.Origin}/je-teste-ma-e-cps", settings.GetAttribute("data-redirect-uri"));
        Assert.Equal(PscApp.Issuer, settings.GetAttribute("data-issuer"));
        Assert.NotEmpty(page.Text("noscript"));
    }

    [Fact]
    public async Task The_scripts_of_the_test_page_are_files_of_our_own_that_exist()
    {
        var page = await HtmlPage.OpenAsync(_browser, "/je-teste-ma-e-cps");
        var entry = Assert.Single(page.All("script")).GetAttribute("src")!;

        foreach (var path in new[] { entry, "/try/relying-party.js", "/try/claims.js" })
        {
            var script = await _browser.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
            Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task Every_claim_that_an_application_receives_has_its_meaning(string language)
    {
        var practitioner = await _app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(_app);
        var tokens = await rp.RedeemAsync((await rp.SignInAsync(_browser, practitioner))["code"]);
        var userInfo = await RelyingParty.JsonAsync(await rp.UserInfoAsync(tokens.AccessToken));

        var page = await HtmlPage.OpenAsync(_browser, "/je-teste-ma-e-cps", language);

        // The parser keeps the content of a template apart from the page.
        var words = ((AngleSharp.Html.Dom.IHtmlTemplateElement)page.Find("#mots")!).Content;
        var known = words.QuerySelectorAll("[data-claim]").Select(e => e.GetAttribute("data-claim")).ToHashSet();
        Assert.DoesNotContain(NamesIn(userInfo), name => !known.Contains(name));
    }

    private static IEnumerable<string> NamesIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => NamesIn(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(NamesIn),
        _ => [],
    };
}
