using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>What a person has to see or press stands on the screens that people have, without scrolling.</summary>
[Collection(SharedJourney.Name)]
public sealed class FittingScreens(Journey journey)
{
    [Theory]
    [InlineData(1366, 768)]
    [InlineData(1280, 800)]
    public async Task The_QR_code_is_whole(int width, int height)
    {
        await using var computer = await journey.OpenComputerAsync();
        await computer.Page.SetViewportSizeAsync(width, height);
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000132"));
        await computer.BeginActivationAsync();
        // The window of a browser takes a part of the screen: about 130 px.
        await computer.Page.SetViewportSizeAsync(width, height - 130);

        await Expect(computer.QrCode).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task Both_answers_to_the_conditions_and_the_end_of_the_PIN_are_visible_on_a_phone()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync();
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000074"));
        await computer.BeginActivationAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await ExpectWholeAsync(phone.Page, "Refuser");
        await ExpectWholeAsync(phone.Page, "Accepter");
        await phone.AcceptConditionsAsync();
        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(await computer.ReadTextUnderQrCodeAsync());
        await computer.TypeCodeAsync(await phone.ReadCodeAsync());
        await phone.ExpectTitleAsync("Votre code PIN");

        await ExpectWholeAsync(phone.Page, "Activer mon e-CPS");
        await AtFieldAsync(phone);
    }

    private static async Task AtFieldAsync(PhoneWindow phone)
    {
        await phone.ChoosePinAsync("1234");
        var field = phone.Page.GetByLabel("Nouveau code PIN");
        await Expect(field).ToHaveAccessibleDescriptionAsync(Labels.Containing("Trop facile à deviner"));
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await phone.ChoosePinAsync(PhoneWindow.Pin, confirmed: "7295");
        await Expect(field).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(phone.Page.GetByLabel("Confirmez")).ToHaveAccessibleDescriptionAsync(Labels.Containing("Les deux codes sont différents"));
    }

    private static Task ExpectWholeAsync(IPage page, string button) =>
        Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = Labels.Exactly(button) })).ToBeInViewportAsync(new() { Ratio = 1 });
}
