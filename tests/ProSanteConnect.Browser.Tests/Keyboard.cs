using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The pages beside the phone by keyboard alone (C1, C2, C4).</summary>
[Collection(SharedJourney.Name)]
public sealed class Keyboard(Journey journey)
{
    [Fact]
    public async Task Signing_in_by_e_CPS_needs_no_mouse()
    {
        await using var computer = await journey.OpenComputerAsync();
        await computer.BeginSignInAsync();

        await TabToAsync(computer.Page, "identifiant");
        await computer.Page.Keyboard.TypeAsync("898765000314");
        await computer.Page.Keyboard.PressAsync("Enter");
        await computer.ReadNumberAsync();
        await TabToAsync(computer.Page, "annuler");
        await computer.Page.Keyboard.PressAsync("Enter");

        await computer.Page.WaitForURLAsync(journey.RelyingParty + "/**");
    }

    [Fact]
    public async Task Activating_an_e_CPS_needs_no_mouse()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync();
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000314"));

        await TabToAsync(computer.Page, "commencer");
        await computer.Page.Keyboard.PressAsync("Enter");
        await computer.QrCode.WaitForAsync();
        await TabToAsync(computer.Page, "ne-peux-pas-scanner");
        await computer.Page.Keyboard.PressAsync("Enter");
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(await computer.Page.Locator("#texte").InnerTextAsync());
        var code = await phone.ReadCodeAsync();
        await computer.ExpectTitleAsync("Saisissez le code affiché par votre téléphone");
        // The field has the focus already.
        await computer.Page.Keyboard.TypeAsync(code);
        await computer.Page.Keyboard.PressAsync("Enter");

        await computer.ExpectTitleAsync("Terminez sur votre téléphone : choisissez votre code PIN");
    }

    // The focus must reach it and be visible.
    private static async Task TabToAsync(IPage page, string id)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            if (await page.EvaluateAsync<bool>("id => document.activeElement.id === id", id)) break;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.True(await page.EvaluateAsync<bool>("id => document.activeElement.matches(`#${id}:focus-visible`)", id), $"#{id} cannot be reached.");
    }
}
