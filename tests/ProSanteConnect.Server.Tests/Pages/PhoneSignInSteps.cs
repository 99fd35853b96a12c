using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Pages;

/// <summary>The first steps of a sign-in by phone: open the tab, submit an identifier, wait.</summary>
internal static class PhoneSignInSteps
{
    public const string Camille = "898765000017";

    /// <summary>Opens the tab "Application e-CPS" of a sign-in for a relying party, or for the portal.</summary>
    public static async Task<HtmlPage> OpenECpsTabAsync(this Browser browser, RelyingParty? rp = null)
    {
        var start = await browser.FollowAsync(rp?.AuthorizationUrl() ?? "/mon-compte");
        return await HtmlPage.OpenAsync(browser, $"{start.Headers.Location}&moyen=e-cps");
    }

    /// <summary>Submits an identifier on the tab, and opens the waiting page.</summary>
    public static async Task<HtmlPage> SubmitIdentifierAsync(this HtmlPage tab, Browser browser, string identifier = Camille)
    {
        var submitted = await tab.Fill("#identifiant", identifier).PressAsync(browser, "#se-connecter-e-cps");
        return await HtmlPage.OpenAsync(browser, submitted.Headers.Location!.ToString());
    }

    /// <summary>Opens the tab, submits an identifier, and opens the waiting page.</summary>
    public static async Task<HtmlPage> StartApprovalAsync(this Browser browser, RelyingParty? rp = null, string identifier = Camille) =>
        await (await browser.OpenECpsTabAsync(rp)).SubmitIdentifierAsync(browser, identifier);

    /// <summary>The number to match, on the waiting page.</summary>
    public static string NumberOf(this HtmlPage waiting) => waiting.Text("#nombre [aria-hidden]");

    public static Task<HtmlPage> ReloadAsync(this HtmlPage page, Browser browser) =>
        HtmlPage.OpenAsync(browser, page.Response.RequestMessage!.RequestUri!.PathAndQuery);

    /// <summary>Polls for changes now, instead of at the next interval.</summary>
    public static Task TickAsync(this PscApp app) =>
        app.Services.GetRequiredService<ChangeWatch>().RunAsync(TestContext.Current.CancellationToken);
}
