using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>"Mon compte", where the e-CPS can be deactivated (S3).</summary>
public sealed partial class ComputerWindow
{
    /// <summary>S3.1, and the card that the account asks for.</summary>
    public async Task OpenMyAccountAsync(TestCard card)
    {
        await page.GotoAsync(journey.Provider);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly("Mon compte") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly("Carte CPS") }).ClickAsync();
        await ChooseCardAsync(card);
        await ExpectTitleAsync("Mon compte");
    }

    /// <summary>S3.2: the button asks once.</summary>
    public async Task DeactivateAsync()
    {
        await PressActifAsync();
        await ConfirmDeactivationAsync();
    }

    public async Task PressActifAsync()
    {
        await Button("Actif").ClickAsync();
        await ExpectTitleAsync("Désactiver votre e-CPS ?");
    }

    public Task ConfirmDeactivationAsync() => Button("Désactiver").ClickAsync();

    /// <summary>S3.3.</summary>
    public Task ExpectInactiveAsync() => Expect(page.GetByText(Labels.Exactly("Inactive"))).ToBeVisibleAsync();

    private async Task ChooseCardAsync(TestCard card)
    {
        await page.Locator("#carte-recherche").FillAsync(card.Holder.NationalId);
        await page.Locator("#carte-chercher").ClickAsync();
        await page.Locator($"button[name=carte][value='{card.Name}']").ClickAsync();
    }
}
