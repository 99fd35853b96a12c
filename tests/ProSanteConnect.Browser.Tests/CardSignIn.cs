using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

[Collection(SharedJourney.Name)]
public sealed class CardSignIn(Journey journey) : PagesFixture(journey)
{
    private const string SignInWithCard = "Se connecter avec la carte CPS";

    [Fact]
    public async Task A_practitioner_signs_in_with_a_client_certificate_sees_every_claim_and_signs_out()
    {
        var page = await OpenAsync(Journey.Card());

        await BeginAsync(page);
        await Expect(page.GetByText("Logiciel d'essai").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = SignInWithCard }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Camille FICTIF");
        await Expect(page.Locator("tr[data-claim='SubjectNameID']")).ToContainTextAsync("898765000017");
        await Expect(page.Locator("tr[data-claim='raisonSocialeSite']").First).ToContainTextAsync("CABINET DU DR FICTIF");
        await page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();

        await Expect(page.GetByText("déconnecté").First).ToBeVisibleAsync();
        await BeginAsync(page);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connectez-vous" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_virtual_reader_signs_in_without_a_certificate_and_without_JavaScript()
    {
        var page = await OpenAsync(script: false);

        await BeginAsync(page);
        await ChooseVirtualCardAsync(page, Journey.Card());

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Camille FICTIF");
    }

    [Theory]
    [InlineData(TestCardVariant.Expired, "expiré")]
    [InlineData(TestCardVariant.Revoked, "révoquée")]
    [InlineData(TestCardVariant.UnknownAuthority, "reconnue")]
    [InlineData(TestCardVariant.SignatureOnly, "certificat")]
    [InlineData(TestCardVariant.WrongPurpose, "certificat")]
    [InlineData(TestCardVariant.NotInDirectory, "annuaire")]
    public async Task A_refused_card_shows_why_and_lets_the_practitioner_begin_again(TestCardVariant variant, string word)
    {
        var page = await OpenAsync();

        await BeginAsync(page);
        await ChooseVirtualCardAsync(page, Journey.Card(variant));

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(word);
        await page.GetByRole(AriaRole.Link, new() { Name = "Recommencer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connectez-vous" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_revoked_card_is_refused_over_TLS_too()
    {
        var page = await OpenAsync(Journey.Card(TestCardVariant.Revoked));

        await BeginAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = SignInWithCard }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("révoquée");
    }

    [Fact]
    public async Task Without_a_card_the_page_says_what_is_missing()
    {
        var page = await OpenAsync();

        await BeginAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = SignInWithCard }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Aucune carte");
    }

    [Fact]
    public async Task Cancelling_brings_the_practitioner_back_with_access_denied()
    {
        var page = await OpenAsync();

        await BeginAsync(page);
        await page.Locator("#annuler").ClickAsync();

        await Expect(page.GetByText("access_denied").First).ToBeVisibleAsync();
        Assert.StartsWith(Journey.RelyingParty, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_back_button_and_a_second_tab_do_no_harm()
    {
        var page = await OpenAsync();
        await BeginAsync(page);
        await ChooseVirtualCardAsync(page, Journey.Card());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Camille FICTIF");

        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(Journey.Provider + "/mon-compte");
        await Expect(second.GetByText("898765000017").First).ToBeVisibleAsync();
        await page.GoBackAsync();

        await Expect(page.Locator("body")).Not.ToContainTextAsync("Exception");
    }

    private async Task BeginAsync(IPage page)
    {
        await page.GotoAsync(Journey.RelyingParty);
        await page.GetByRole(AriaRole.Link, new() { Name = "Se connecter avec Pro Santé Connect" }).ClickAsync();
        await page.WaitForURLAsync("**/connexion?**");
        await page.Locator("#moyen-carte").ClickAsync();
    }

    private static Task ChooseVirtualCardAsync(IPage page, TestCard card) => page.Locator($"button[name=carte][value='{card.Name}']").ClickAsync();
}
