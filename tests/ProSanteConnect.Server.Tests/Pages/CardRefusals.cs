using System.Net;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class CardRefusals : IAsyncLifetime
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

    [Theory]
    [InlineData(CardRefusal.NoCard, "Aucune carte n'a été présentée.", 403)]
    [InlineData(CardRefusal.Expired, "Votre carte a expiré le 1er mars 2026.", 403)]
    [InlineData(CardRefusal.NotYetValid, "Votre carte n'est valable qu'à partir du 1er mars 2026.", 403)]
    [InlineData(CardRefusal.Revoked, "Votre carte a été révoquée.", 403)]
    [InlineData(CardRefusal.WrongCertificate, "Ce n'est pas le bon certificat : choisissez le certificat d'authentification.", 403)]
    [InlineData(CardRefusal.Unknown, "Cette carte n'est pas reconnue.", 403)]
    [InlineData(CardRefusal.TestCardRefused, "Cette carte de test n'est pas acceptée ici.", 403)]
    [InlineData(CardRefusal.NotInDirectory, "Votre identité n'a pas été trouvée dans l'annuaire.", 403)]
    [InlineData(CardRefusal.RevocationUnknown, "La validité de votre carte n'a pas pu être vérifiée.", 503)]
    public async Task Each_refusal_says_what_happened_and_what_to_do_next(CardRefusal reason, string heading, int status)
    {
        var page = await HtmlPage.OpenAsync(_browser, $"/carte/refusee?motif={reason.Code()}&date=2026-03-01");

        Assert.Equal((HttpStatusCode)status, page.Response.StatusCode);
        Assert.Equal(heading, page.Text("h1"));
        Assert.NotEmpty(page.Text("#refus-conseil"));
        Assert.NotEmpty(page.Text("#incident"));
    }

    [Fact]
    public async Task Every_reason_there_is_has_sentences_of_its_own()
    {
        var headings = new List<string>();
        foreach (var reason in Enum.GetValues<CardRefusal>())
            headings.Add((await HtmlPage.OpenAsync(_browser, $"/carte/refusee?motif={reason.Code()}")).Heading);

        Assert.DoesNotContain("Votre carte n'a pas été acceptée.", headings);
        Assert.Equal(headings.Count, headings.Distinct().Count());
    }

    [Theory]
    [InlineData("/carte/refusee")]
    [InlineData("/carte/refusee?motif=%3Cscript%3E&date=hier&demande=3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    public async Task An_unknown_reason_has_a_general_sentence(string url)
    {
        var page = await HtmlPage.OpenAsync(_browser, url);

        Assert.Equal(HttpStatusCode.Forbidden, page.Response.StatusCode);
        Assert.Equal("Votre carte n'a pas été acceptée.", page.Heading);
    }

    [Fact]
    public async Task One_may_start_again_or_use_the_e_CPS_in_the_same_sign_in()
    {
        var signInRequestId = Guid.NewGuid();

        var page = await HtmlPage.OpenAsync(_browser, $"/carte/refusee?motif=card-expired&demande={signInRequestId}");

        Assert.Equal($"/connexion?demande={signInRequestId}", page.Link("#recommencer"));
        Assert.Equal($"/connexion?demande={signInRequestId}&moyen=e-cps", page.Link("#utiliser-e-cps"));
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_language_that_the_application_asked_for()
    {
        var rp = await RelyingParty.RegisterAsync(_app);
        var signInRequestId = Browser.SignInRequestIdOf(await _browser.FollowAsync(rp.AuthorizationUrl(new() { ["ui_locales"] = "en" })));

        var page = await HtmlPage.OpenAsync(_browser, $"/carte/refusee?motif=card-expired&date=2026-03-01&demande={signInRequestId}", "fr");

        Assert.Equal("Your card expired on 1 March 2026.", page.Heading);
    }
}
