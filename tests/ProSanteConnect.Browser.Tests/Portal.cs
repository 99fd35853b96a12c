using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

[Collection(SharedJourney.Name)]
public sealed class Portal(Journey journey) : PagesFixture(journey)
{
    // Other tests sign in with the same card: this one ends all sessions of the card, so it runs alone.
    [Fact(DisableParallelization = true)]
    public async Task My_account_shows_who_I_am_and_ends_all_sessions()
    {
        var page = await OpenAsync();
        await page.GotoAsync(Journey.Provider + "/mon-compte");
        await SignInAsync(page, Journey.Card());

        await Expect(page.GetByText("898765000017").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Médecin").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Je me déconnecte de toutes les sessions" }).ClickAsync();

        await page.GotoAsync(Journey.Provider + "/mon-compte");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connectez-vous" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Trying_my_sign_in_says_bravo_and_shows_every_claim()
    {
        var page = await OpenAsync();
        await page.GotoAsync(Journey.Provider + "/je-teste-ma-e-cps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tester" }).ClickAsync();
        await SignInAsync(page, Journey.Card());

        await Expect(page.GetByText("Bravo").First).ToBeVisibleAsync();
        await Expect(page.GetByText("SubjectNameID").First).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, TestCard card)
    {
        await page.WaitForURLAsync("**/connexion?**");
        await page.Locator("#moyen-carte").ClickAsync();
        await page.Locator($"button[name=carte][value='{card.Name}']").ClickAsync();
    }
}
