namespace ProSanteConnect.Browser.Tests;

/// <summary>"Activer sa e-CPS avec sa carte CPx" (ecps-cpx-directory §0.3), on two screens.</summary>
[Collection(SharedJourney.Name)]
public sealed class ActivationByCard(Journey journey)
{
    [Fact]
    [Steps("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10")]
    public async Task A1_to_A10_the_camera_reads_the_QR_code()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync(withCamera: true);

        await computer.OpenActivationAsync(); // A1
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000025")); // A2
        await computer.BeginActivationAsync(); // A3
        await phone.OpenAsync();
        await phone.BeginActivationAsync(); // A4
        await phone.AcceptConditionsAsync(); // A5
        await phone.Camera.PointAtAsync(computer.Page, computer.QrCode);
        await phone.ScanAsync(); // A6, A7
        var code = await phone.ReadCodeAsync(); // A8
        await computer.ExpectTitleAsync("Saisissez le code affiché par votre téléphone");
        await computer.TypeCodeAsync(code); // A9
        await computer.ExpectTitleAsync("Terminez sur votre téléphone : choisissez votre code PIN");
        await phone.ChoosePinAsync(); // A10

        await phone.ExpectTitleAsync(Labels.Activated);
        await computer.ExpectTitleAsync(Labels.Activated);
    }

    [Fact]
    [Steps("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10")]
    public async Task A1_to_A10_the_text_under_the_QR_code_is_typed()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync();

        await computer.OpenActivationAsync(); // A1
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000033")); // A2
        await computer.BeginActivationAsync(); // A3
        await phone.OpenAsync();
        await phone.BeginActivationAsync(); // A4
        await phone.AcceptConditionsAsync(); // A5
        await phone.ScanAsync(); // A6
        await phone.TypeTextUnderQrCodeAsync(await computer.ReadTextUnderQrCodeAsync()); // A7
        await computer.TypeCodeAsync(await phone.ReadCodeAsync()); // A8, A9
        await phone.ChoosePinAsync(); // A10

        await phone.ExpectTitleAsync(Labels.Activated);
        await computer.ExpectTitleAsync(Labels.Activated);
    }
}
