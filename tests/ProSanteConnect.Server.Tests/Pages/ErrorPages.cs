using System.Net;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed class ErrorPages(PagesHost host) : IClassFixture<PagesHost>
{
    [Theory]
    [InlineData(400, "Cette demande n'a pas pu être traitée.", "This request could not be handled.")]
    [InlineData(404, "Cette page n'existe pas.", "This page does not exist.")]
    [InlineData(410, "Cette page a expiré.", "This page has expired.")]
    [InlineData(429, "Trop de demandes.", "Too many requests.")]
    [InlineData(500, "Une erreur est survenue.", "Something went wrong.")]
    [InlineData(503, "Le service est momentanément indisponible.", "The service is unavailable at the moment.")]
    public async Task Each_failure_keeps_its_status_and_has_its_own_page(int status, string french, string english)
    {
        var (frenchAnswer, frenchPage) = await host.GetAsync($"/echec/{status}");
        var (englishAnswer, englishPage) = await host.GetAsync($"/echec/{status}", "en-GB");

        Assert.Equal((HttpStatusCode)status, frenchAnswer.StatusCode);
        Assert.Equal((HttpStatusCode)status, englishAnswer.StatusCode);
        Assert.Equal(french, frenchPage.QuerySelector("h1")!.TextContent);
        Assert.Equal(english, englishPage.QuerySelector("h1")!.TextContent);
        Assert.Equal("fr", frenchPage.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", englishPage.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task An_unknown_address_is_answered_by_the_page_of_404() =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/nulle-part")).Response.StatusCode);

    [Fact]
    public async Task The_error_page_asked_for_by_its_own_address_is_no_success() =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/erreur")).Response.StatusCode);

    [Fact]
    public async Task Too_many_requests_says_how_long_to_wait()
    {
        var (_, page) = await host.GetAsync("/echec/429");

        Assert.Equal("Réessayez dans 3 minutes, ou utilisez votre carte.", page.QuerySelector("#erreur-conseil")!.TextContent.Replace('\u00a0', ' '));
    }

    [Fact]
    public async Task An_error_bears_an_incident_number_and_is_not_kept_by_the_browser()
    {
        var (response, page) = await host.GetAsync("/echec/500");

        Assert.Matches("^[0-9a-f]{8}$", page.QuerySelector("#incident")!.TextContent);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("en", null, "en")]
    [InlineData("fr en", "en", "fr")]
    [InlineData("de en-US", "fr", "en")]
    [InlineData("xx", "en", "en")]
    [InlineData("", "de", "fr")]
    public async Task The_language_is_the_relying_partys_then_the_browsers_then_French(string asked, string? accepted, string expected)
    {
        var (_, page) = await host.GetAsync($"/echec/404?ui_locales={Uri.EscapeDataString(asked)}", accepted);

        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_page_needs_no_inline_script_or_style()
    {
        var (_, page) = await host.GetAsync("/echec/404");

        Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stylesheet_is_our_own_and_is_there()
    {
        var (_, page) = await host.GetAsync("/echec/404");
        var href = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        var response = await host.Client.GetAsync(href, TestContext.Current.CancellationToken);

        Assert.StartsWith("/psc.", href, StringComparison.Ordinal);
        Assert.Equal("text/css", response.Content.Headers.ContentType!.MediaType);
    }
}
