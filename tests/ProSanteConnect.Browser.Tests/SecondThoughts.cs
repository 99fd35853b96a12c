namespace ProSanteConnect.Browser.Tests;

/// <summary>Leaving an activation, going back and starting over: each is explained.</summary>
[Collection(SharedJourney.Name)]
public sealed class SecondThoughts(Journey journey)
{
    [Fact]
    public async Task Without_agreement_nothing_goes_on()
    {
        await using var phone = await journey.OpenPhoneAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();

        await phone.RefuseConditionsAsync();

        await phone.ExpectTitleAsync("Bienvenue");
        await phone.ExpectTextAsync("Sans votre accord, l'activation ne peut pas continuer. Rien n'a été enregistré.");
    }

    [Fact]
    public async Task A_mail_that_is_there_already_is_scanned_or_opened_next()
    {
        await using var phone = await journey.OpenPhoneAsync();
        await phone.OpenAsync();

        await phone.SayThatTheMailIsThereAsync();
        await phone.AcceptConditionsAsync();

        await phone.ExpectTitleAsync("Consultez vos mails");
        await phone.ExpectTextAsync("Ouvrez le mail « Activez votre e-CPS » : il contient un QR code et un lien.");
    }

    [Fact]
    public async Task The_QR_code_is_renewed_by_itself_and_the_former_one_says_so()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync();
        await computer.Page.Clock.InstallAsync();
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000132"));
        await computer.BeginActivationAsync();
        var former = await computer.ReadTextUnderQrCodeAsync();
        await computer.LetQrCodeExpireAsync(former);
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();

        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(former);

        await phone.ExpectTextAsync("Ce QR code n'est plus valable. Un nouveau s'affiche sur l'ordinateur.");
    }

    [Fact]
    public async Task Two_PINs_that_differ_are_typed_again_and_an_abandoned_activation_begins_anew()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync();
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000074"));
        await computer.BeginActivationAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(await computer.ReadTextUnderQrCodeAsync());
        await phone.ReadCodeAsync();
        await phone.AbandonAsync();
        await phone.ExpectTitleAsync("Bienvenue");
        await phone.ExpectTextAsync("L'activation est abandonnée. Aucune e-CPS n'a été activée.");

        await computer.CancelAndBeginAgainAsync();
        await phone.BeginActivationAsync();
        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(await computer.ReadTextUnderQrCodeAsync());
        await computer.TypeCodeAsync(await phone.ReadCodeAsync());
        await phone.ChoosePinAsync(PhoneWindow.Pin, confirmed: "7295");
        await phone.ExpectTextAsync("Les deux codes sont différents");
        await phone.ChoosePinAsync();

        await phone.ExpectTitleAsync(Labels.Activated);
    }
}
