using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Server.Account.SignOut;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class SignOutPages : IAsyncLifetime
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
    [Trait("Requirement", "T13")]
    public async Task Asking_for_the_page_ends_nothing()
    {
        await _app.SignInAtPortalAsync(_browser);

        var page = await HtmlPage.OpenAsync(_browser, "/deconnexion");

        Assert.Equal("Voulez-vous vous déconnecter de toutes les applications ?", page.Heading);
        Assert.Equal(HttpStatusCode.OK, (await HtmlPage.OpenAsync(_browser, "/mon-compte")).Response.StatusCode);
    }

    [Fact]
    public async Task Confirming_ends_the_session_and_says_so()
    {
        await _app.SignInAtPortalAsync(_browser);
        var question = await HtmlPage.OpenAsync(_browser, "/deconnexion");

        var confirmed = await question.PressAsync(_browser, "#se-deconnecter");
        var done = await HtmlPage.OpenAsync(_browser, confirmed.Headers.Location!.ToString());
        var account = await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal("Vous êtes déconnecté.", done.Heading);
        Assert.Equal(HttpStatusCode.SeeOther, account.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task A_confirmation_without_its_token_is_refused()
    {
        await _app.SignInAtPortalAsync(_browser);
        var question = await HtmlPage.OpenAsync(_browser, "/deconnexion");

        var refused = await question.PressAsync(_browser, "#se-deconnecter", withoutToken: true);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await HtmlPage.OpenAsync(_browser, "/mon-compte")).Response.StatusCode);
    }

    [Fact]
    public async Task Whoever_came_from_an_application_goes_back_there()
    {
        var protectedUrl = _app.Services.GetRequiredService<SignOutContinuation>().Protect("https://rp.test/au-revoir", "etat-9");
        await _app.SignInAtPortalAsync(_browser);
        var question = await HtmlPage.OpenAsync(_browser, $"/deconnexion?suite={Uri.EscapeDataString(protectedUrl)}");

        var confirmed = await question.PressAsync(_browser, "#se-deconnecter");

        Assert.Equal("https://rp.test/au-revoir?state=etat-9", confirmed.Headers.Location!.ToString());
        Assert.Contains(
            "form-action 'self' https://rp.test", Assert.Single(question.Response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "T12")]
    [InlineData("https://evil.test/")]
    [InlineData("CfDJ8")]
    public async Task An_address_that_somebody_made_up_is_followed_nowhere(string protectedUrl)
    {
        await _app.SignInAtPortalAsync(_browser);
        var question = await HtmlPage.OpenAsync(_browser, $"/deconnexion?suite={Uri.EscapeDataString(protectedUrl)}");

        var confirmed = await question.PressAsync(_browser, "#se-deconnecter");

        Assert.Equal("/deconnexion/terminee", confirmed.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_to_ask()
    {
        var protectedUrl = _app.Services.GetRequiredService<SignOutContinuation>().Protect("https://rp.test/au-revoir", null);

        var answer = await _browser.Http.GetAsync($"/deconnexion?suite={Uri.EscapeDataString(protectedUrl)}", TestContext.Current.CancellationToken);
        var done = await HtmlPage.OpenAsync(_browser, answer.Headers.Location!.ToString());

        Assert.Equal("Vous êtes déconnecté.", done.Heading);
        Assert.Equal("https://rp.test/au-revoir", done.Link("#retour"));
    }
}
