using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Browser.Tests;

/// <summary>Starting states of tests.</summary>
internal static class PhoneWindowScenarios
{
    /// <summary>A phone with the active e-CPS of this practitioner, at its first screen.</summary>
    public static async Task<PhoneWindow> OpenActivatedPhoneAsync(this Journey journey, TestCard card)
    {
        var phone = await journey.OpenPhoneAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.PairByCardAsync(card);
        return phone;
    }

    /// <summary>From the screen "Comment activer ?" to the first screen of an active e-CPS.</summary>
    public static async Task PairByCardAsync(this PhoneWindow phone, TestCard card)
    {
        await using var computer = await phone.Journey.OpenComputerAsync();
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(card);
        await computer.BeginActivationAsync();
        await phone.ScanAsync();
        await phone.TypeTextUnderQrCodeAsync(await computer.ReadTextUnderQrCodeAsync());
        await computer.TypeCodeAsync(await phone.ReadCodeAsync());
        await phone.ChoosePinAsync();
        await phone.ExpectTitleAsync(Labels.Activated);
        await phone.GoHomeAsync();
    }
}
