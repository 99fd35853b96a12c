using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>Every page by axe (WCAG 2.2 AA), in light and dark, at 320 pixels, and by keyboard alone.</summary>
[Collection(SharedJourney.Name)]
public sealed partial class Accessibility(Journey journey) : PagesFixture(journey)
{
    public static TheoryData<string, ColorScheme> Pages()
    {
        var pages = new TheoryData<string, ColorScheme>();
        foreach (var path in new[] { "/", SignInCard, SignInECps, Waiting, "/activation", "/mon-compte/e-cps-desactivee", "/mon-compte/pas-moi", "/carte/refusee?motif=card-revoked", "/deconnexion/terminee", "/page-inconnue", UnknownClient, "/sandbox/cartes", Mail, Sms })
        {
            pages.Add(path, ColorScheme.Light);
            pages.Add(path, ColorScheme.Dark);
        }

        return pages;
    }

    // One message of each kind; other tests may have caused more.
    private const string Mail = "/sandbox/boite?pause=true&a=" + Journey.Reader;
    private const string Sms = "/sandbox/boite?pause=true&a=%2B33639980099";
    private const string SignInCard = "/auth?client_id=exemple-web&redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fsignin-oidc&response_type=code&scope=openid";
    private const string SignInECps = SignInCard + "#e-cps";
    private const string Waiting = SignInCard + "#attente";
    private const string UnknownClient = "/auth?client_id=inconnu&redirect_uri=https%3A%2F%2Fx.example&response_type=code&scope=openid";

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing(string path, ColorScheme scheme)
    {
        var page = await OpenAsync(path, scheme);

        Assert.Empty(await AccessibilityCheck.FindViolationsAsync(page, AccessibilityCheck.Everything));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task At_320_pixels_nothing_is_cut_off(string path, ColorScheme scheme)
    {
        var page = await OpenAsync(path, scheme, new ViewportSize { Width = 320, Height = 640 });

        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        Assert.Equal(0, overflow);
    }

    [Fact]
    public async Task The_sign_in_page_works_by_keyboard_alone()
    {
        // From the other tab, so that the key has something to change.
        var page = await OpenAsync(SignInECps, ColorScheme.Light);
        await page.WaitForURLAsync("**moyen=e-cps**");
        await page.Locator("#moyen-carte").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**moyen=carte**");

        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement.name === 'carte'")) break;
        }

        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches(':focus-visible')"));
        await page.RunAndWaitForRequestAsync(
            () => page.Keyboard.PressAsync("Enter"),
            request => request.Url.StartsWith("http://localhost:5080/signin-oidc?code=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_fetches_anything_from_another_host()
    {
        var page = await OpenAsync();
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Journey.Provider, StringComparison.Ordinal)) foreign.Add(request.Url);
        };

        foreach (var path in new[] { "/", SignInCard, "/page-inconnue" }) await page.GotoAsync(Journey.Provider + path);

        Assert.Empty(foreign);
    }

    private async Task<IPage> OpenAsync(string path, ColorScheme scheme, ViewportSize? size = null)
    {
        var page = await OpenAsync(size: size, scheme: scheme);
        if (path is Mail or Sms) await LetScriptsIntoLettersAsync(page);
        await page.GotoAsync(Journey.Provider + path);
        if (path == SignInCard) await page.Locator("#moyen-carte").ClickAsync();
        if (path is SignInECps or Waiting) await page.Locator("#moyen-e-cps").ClickAsync();
        if (path == Waiting)
        {
            await page.Locator("#identifiant").FillAsync("899700218896");
            await page.Locator("#se-connecter-e-cps").ClickAsync();
            await page.Locator("#nombre").WaitForAsync();
        }

        return page;
    }

    // axe waits for ever in a frame that runs no script or is not loaded yet: for axe only, the frames lose their sandbox, their policy and their lazy loading.
    private static async Task LetScriptsIntoLettersAsync(IPage page)
    {
        await page.RouteAsync("**/sandbox/boite?*", async route =>
        {
            var answer = await route.FetchAsync();
            var html = await answer.TextAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = Locks().Replace(html, "") });
        });
        await page.RouteAsync("**/sandbox/boite/*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions
            {
                Response = answer,
                Headers = answer.Headers.Where(header => header.Key != "content-security-policy").ToDictionary(),
            });
        });
    }

    [GeneratedRegex(" (?:sandbox|loading)=\"[^\"]*\"")]
    private static partial Regex Locks();
}
