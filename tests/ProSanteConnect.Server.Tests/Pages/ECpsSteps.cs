using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The steps that most tests of a sign-in by e-CPS begin with.</summary>
internal static class ECpsSteps
{
    public const string Camille = "898765000017";

    /// <summary>The tab "Application e-CPS" of a sign-in that a relying party has begun, or the portal.</summary>
    public static async Task<HtmlPage> OpenECpsTabAsync(this Browser browser, RelyingParty? rp = null)
    {
        var start = await browser.FollowAsync(rp?.AuthorizationUrl() ?? "/mon-compte");
        return await HtmlPage.OpenAsync(browser, $"{start.Headers.Location}&moyen=e-cps");
    }

    /// <summary>Types an identifier there and goes on to the page that waits.</summary>
    public static async Task<HtmlPage> AskAsync(this HtmlPage tab, Browser browser, string identifier = Camille)
    {
        var asked = await tab.Fill("#identifiant", identifier).PressAsync(browser, "#se-connecter-e-cps");
        return await HtmlPage.OpenAsync(browser, asked.Headers.Location!.ToString());
    }

    public static async Task<HtmlPage> AskByPhoneAsync(this Browser browser, RelyingParty? rp = null, string identifier = Camille) =>
        await (await browser.OpenECpsTabAsync(rp)).AskAsync(browser, identifier);

    /// <summary>The two digits on the page.</summary>
    public static string NumberOf(this HtmlPage waiting) => waiting.Text("#nombre [aria-hidden]");

    public static Task<HtmlPage> ReloadAsync(this HtmlPage page, Browser browser) =>
        HtmlPage.OpenAsync(browser, page.Response.RequestMessage!.RequestUri!.PathAndQuery);

    /// <summary>Lets those who wait learn what has changed, without waiting for the tick.</summary>
    public static Task TickAsync(this PscApp app) =>
        app.Services.GetRequiredService<ChangeWatch>().RunAsync(TestContext.Current.CancellationToken);
}
