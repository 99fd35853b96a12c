namespace ProSanteConnect.Browser.Tests;

/// <summary>The app restores its state after closing, reloading and losing the network.</summary>
[Collection(SharedJourney.Name)]
public sealed class LastingStates(Journey journey)
{
    [Fact]
    public async Task Of_an_activation_by_card()
    {
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync(withCamera: true);
        await computer.OpenActivationAsync();
        await computer.PresentCardAsync(journey.Card(nationalId: "898765000330"));
        await computer.BeginActivationAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.Camera.PointAtAsync(computer.Page, computer.QrCode);
        await phone.ScanAsync();

        var code = await phone.ReadCodeAsync();
        await phone.ReopenAsync();
        Assert.Equal(code, await phone.ReadCodeAsync());
        await phone.LoseNetworkAndReloadAsync();
        Assert.Equal(code, await phone.ReadCodeAsync());
        await phone.FindNetworkAsync();

        await computer.Page.ReloadAsync();
        await computer.TypeCodeAsync(code);
        await phone.ExpectTitleAsync("Votre code PIN");
        await phone.ReopenAsync();
        await phone.ExpectTitleAsync("Votre code PIN");
        await computer.Page.ReloadAsync();
        await phone.ChoosePinAsync();
        await computer.ExpectTitleAsync(Labels.Activated);
        await phone.GoHomeAsync();

        await phone.LoseNetworkAndReloadAsync();
        await phone.ExpectTitleAsync("Votre e-CPS");
        await phone.ExpectTextAsync("Mikael ALLÉGORIE");
        await phone.FindNetworkAsync();
        await phone.ExpectHomeAsync();
    }

    [Fact]
    public async Task Of_a_sign_in()
    {
        var card = journey.Card(nationalId: "898765000116");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.Page.ReloadAsync();
        await phone.ExpectRequestAsync();
        await computer.Page.ReloadAsync();
        Assert.Equal(number, await computer.ReadNumberAsync());
        await phone.ApproveAsync(number);

        await computer.ExpectSignedInAsync(card);
    }

    [Fact]
    public async Task Of_an_activation_by_contact_details()
    {
        await using var phone = await journey.OpenPhoneAsync(withCamera: true);
        await using var letters = await journey.OpenLetterboxAsync();
        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.AskForRequestAsync();
        await phone.TypeRppsAsync("98765000348");

        await phone.ReopenAsync();
        await phone.ExpectTitleAsync("Consultez vos mails");
        await phone.LoseNetworkAndReloadAsync();
        await phone.ExpectTitleAsync("Consultez vos mails");
        await phone.FindNetworkAsync();

        await letters.OpenMailAsync("tifenn.metaphore@example.org");
        await phone.FollowAsync(await letters.ReadLinkAsync());
        await phone.ReopenAsync();
        await phone.SendMyRequestAsync();
        await phone.ExpectTitleAsync("Recevoir un code par SMS");
        await phone.ReopenAsync();
        await phone.AskForSmsAsync("06 •• •• •• 34");
        await phone.ReopenAsync();
        await phone.TypeSmsCodeAsync(await letters.ReadSmsCodeAsync("+33639980034"));
        await phone.ExpectTitleAsync("Votre code PIN");
        await phone.ReopenAsync();
        await phone.ChoosePinAsync();
        await phone.ExpectTitleAsync(Labels.Activated);
    }
}
