using System.Net;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The tab "Application e-CPS" of the sign-in page (screens C1).</summary>
public sealed class ECpsTab : IAsyncLifetime
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
    public async Task Asks_for_the_identifier_and_needs_no_script_for_it()
    {
        var page = await _browser.OpenECpsTabAsync(_rp);

        Assert.Equal("page", page.Find("#moyen-e-cps")!.GetAttribute("aria-current"));
        Assert.Equal("Votre identifiant national", page.Text("label[for=identifiant]"));
        Assert.Contains("8 suivi de votre numéro RPPS", page.Text("#identifiant-aide"), StringComparison.Ordinal);
        Assert.Equal("identifiant-aide identifiant-autres", page.Find("#identifiant")!.GetAttribute("aria-describedby"));
        Assert.Equal("Se souvenir de mon identifiant sur cet appareil", page.Text(".check"));
        Assert.Equal("Se connecter avec e-CPS", page.Text("#se-connecter-e-cps"));
        Assert.Equal("/activation", page.Link("#pas-encore"));
        Assert.Equal("Annuler et revenir à Logiciel de test", page.Text("#annuler"));
        Assert.StartsWith("/identifier.", Assert.Single(page.All("script")).GetAttribute("src"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("98765000018")]
    [InlineData("camille.fictif@example.org")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Says_at_the_field_that_the_form_is_wrong_and_keeps_what_was_typed(string typed)
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var page = await HtmlPage.ReadAsync(await tab.Fill("#identifiant", typed).PressAsync(_browser, "#se-connecter-e-cps"));

        Assert.Equal("Cet identifiant n'a pas la bonne forme. Il compte 12 chiffres et commence par 8.", page.Text("#identifiant-erreur"));
        Assert.Equal(typed, page.Find("#identifiant")!.GetAttribute("value"));
        Assert.Equal("true", page.Find("#identifiant")!.GetAttribute("aria-invalid"));
        Assert.Equal("identifiant-erreur identifiant-aide identifiant-autres", page.Find("#identifiant")!.GetAttribute("aria-describedby"));
        Assert.StartsWith("/identifier.", Assert.Single(page.All("script")).GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(await RequestsAsync());
    }

    [Theory]
    [InlineData("898765000017")]
    [InlineData("98765000017")]
    [InlineData(" 8 98765 000 017 ")]
    public async Task Understands_the_identifier_and_the_RPPS_number_alone(string typed)
    {
        var phone = await RulesPhone.ActivateAsync(_app);

        var page = await _browser.StartApprovalAsync(_rp, typed);

        Assert.Equal("Validez sur votre téléphone", page.Heading);
        Assert.Equal(page.NumberOf(), (await phone.AskedAsync())!.Number);
    }

    [Fact]
    public async Task Goes_on_to_the_page_that_waits_by_another_GET()
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var asked = await tab.Fill("#identifiant", PhoneSignInSteps.Camille).PressAsync(_browser, "#se-connecter-e-cps");

        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.StartsWith("/connexion/e-cps?demande=", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_phone_who_asks_and_from_where()
    {
        var phone = await RulesPhone.ActivateAsync(_app);

        await _browser.StartApprovalAsync(_rp);

        var asked = (await phone.AskedAsync())!;
        Assert.Equal(("rp-test", "Firefox sous Windows", PscApp.Origin, false), (asked.ClientId, asked.Browser, asked.Origin, asked.KnownBrowser));
    }

    [Fact]
    public async Task Remembers_the_identifier_if_asked_and_forgets_it_when_asked_no_more()
    {
        var unasked = await _browser.OpenECpsTabAsync(_rp);
        await unasked.SubmitIdentifierAsync(_browser);
        var empty = await _browser.OpenECpsTabAsync(_rp);
        await empty.Tick("#memoire").SubmitIdentifierAsync(_browser);
        var filled = await _browser.OpenECpsTabAsync(_rp);
        await filled.Tick("#memoire", false).SubmitIdentifierAsync(_browser, "898765000025");
        var forgotten = await _browser.OpenECpsTabAsync(_rp);

        Assert.Equal("", empty.Find("#identifiant")!.GetAttribute("value"));
        Assert.False(empty.Find("#memoire")!.HasAttribute("checked"));
        Assert.Equal(PhoneSignInSteps.Camille, filled.Find("#identifiant")!.GetAttribute("value"));
        Assert.True(filled.Find("#memoire")!.HasAttribute("checked"));
        Assert.Equal("", forgotten.Find("#identifiant")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_remembered_identifier_brings_the_e_CPS_first()
    {
        using var fresh = _app.NewBrowser();
        fresh.Http.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", $"__Host-psc-identifiant={PhoneSignInSteps.Camille}");

        var url = (await fresh.FollowAsync(_rp.AuthorizationUrl())).Headers.Location!.ToString();
        var page = await HtmlPage.OpenAsync(fresh, url);

        Assert.Equal("moyen-e-cps", page.All(".tabs a")[0].Id);
    }

    [Fact]
    public async Task The_cookie_that_remembers_belongs_to_this_host_alone()
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var asked = await tab.Tick("#memoire").Fill("#identifiant", PhoneSignInSteps.Camille).PressAsync(_browser, "#se-connecter-e-cps");

        var cookie = Assert.Single(asked.Headers.GetValues("Set-Cookie"), value => value.StartsWith("__Host-psc-identifiant=", StringComparison.Ordinal));
        foreach (var part in new[] { "secure", "httponly", "path=/", "samesite=lax", "max-age=31536000" })
            Assert.Contains($"; {part}", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task A_form_without_its_token_is_refused_as_a_stale_page_and_asks_nobody()
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var refused = await HtmlPage.ReadAsync(
            await tab.Fill("#identifiant", PhoneSignInSteps.Camille).PressAsync(_browser, "#se-connecter-e-cps", withoutToken: true));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Response.StatusCode);
        Assert.Equal("Cette page a expiré.", refused.Heading);
        Assert.Empty(await RequestsAsync());
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task Another_browser_asks_nobody_in_the_name_of_this_one()
    {
        var mine = await _browser.OpenECpsTabAsync(_rp);
        using var stranger = _app.NewBrowser();
        var theirs = await stranger.OpenECpsTabAsync(_rp);
        theirs.Find("#se-connecter-e-cps")!.Closest("form")!.SetAttribute(
            "action", mine.Find("#se-connecter-e-cps")!.Closest("form")!.GetAttribute("action")!);

        var refused = await theirs.Fill("#identifiant", PhoneSignInSteps.Camille).PressAsync(stranger, "#se-connecter-e-cps");

        Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        Assert.Empty(await RequestsAsync());
    }

    [Fact]
    public async Task Speaks_English_too()
    {
        var tab = await _browser.OpenECpsTabAsync(_rp);

        var page = await HtmlPage.OpenAsync(_browser, tab.Response.RequestMessage!.RequestUri!.PathAndQuery, "en");

        Assert.Equal("Your national identifier", page.Text("label[for=identifiant]"));
        Assert.Equal("Sign in with e-CPS", page.Text("#se-connecter-e-cps"));
    }

    private async Task<List<ApprovalRequest>> RequestsAsync()
    {
        await using var db = _app.Database.Open();
        return await db.ApprovalRequests.ToListAsync(TestContext.Current.CancellationToken);
    }
}
