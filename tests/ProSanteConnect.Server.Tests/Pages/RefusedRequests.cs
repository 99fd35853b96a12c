using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class RefusedRequests
{
    [Theory]
    [Trait("Requirement", "T12")]
    [InlineData("client_id", "personne", "Aucune application n'est enregistrée sous cet identifiant.")]
    [InlineData("redirect_uri", "https://evil.test/callback", "Une application est enregistrée sous cet identifiant.")]
    public async Task A_request_of_a_stranger_is_explained_on_our_page_and_sent_nowhere(string parameter, string value, string registered)
    {
        await using var app = await PscApp.StartAsync();
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var page = await HtmlPage.OpenAsync(browser, rp.AuthorizationUrl(new() { [parameter] = value }));

        Assert.Equal(HttpStatusCode.BadRequest, page.Response.StatusCode);
        Assert.Null(page.Response.Headers.Location);
        Assert.Equal("Cette demande de connexion ne vient pas d'une application connue.", page.Heading);
        Assert.Equal("Vous n'avez rien à faire : revenez à votre application.", page.Text("#erreur-conseil"));
        Assert.Equal("invalid_request", page.Text("#error"));
        Assert.Contains(value, page.Text("#envoye"), StringComparison.Ordinal);
        Assert.Equal(registered, page.Text("#enregistre"));
        Assert.DoesNotContain(RelyingParty.RedirectUri, parameter == "redirect_uri" ? page.Text("#pour-le-developpeur") : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_is_shown_as_text()
    {
        await using var app = await PscApp.StartAsync();
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var page = await HtmlPage.OpenAsync(browser, rp.AuthorizationUrl(new() { ["redirect_uri"] = "https://rp.test/\"><script>alert(1)</script>" }));

        Assert.Empty(page.All("script"));
        Assert.Contains("<script>alert(1)</script>", page.Text("#envoye"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registered_addresses_are_shown_where_the_operator_allows_it()
    {
        await using var app = await PscApp.StartAsync(configure: Show);
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var page = await HtmlPage.OpenAsync(browser, rp.AuthorizationUrl(new() { ["redirect_uri"] = "https://rp.test/Callback" }));

        Assert.Contains(RelyingParty.RedirectUri, page.Text("#pour-le-developpeur"), StringComparison.Ordinal);

        static void Show(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("ErrorPage:ShowRegisteredAddresses", "true")]);
    }
}
