namespace ProSanteConnect.Browser.Tests;

/// <summary>"Activer sa e-CPS par données de correspondance" (ecps-cpx-directory §0.4).</summary>
[Collection(SharedJourney.Name)]
public sealed class ActivationByContactDetails(Journey journey)
{
    [Fact]
    [Steps("B1", "B2", "B3", "B4", "B5a", "B6", "B7", "B8", "B9")]
    public async Task B1_to_B9_by_B5a_the_link_of_the_mail_is_opened_on_the_phone()
    {
        await using var phone = await journey.OpenPhoneAsync();
        await using var letters = await journey.OpenLetterboxAsync();

        await phone.OpenAsync();
        await phone.BeginActivationAsync(); // B1
        await phone.AcceptConditionsAsync();
        await phone.AskForRequestAsync(); // B2
        await phone.TypeRppsAsync("98765000041"); // B3
        await letters.OpenMailAsync("noe.simulacre@example.org"); // B4
        await phone.OpenLinkAsync(await letters.ReadLinkAsync(), "Noé S."); // B5a
        await phone.AskForSmsAsync("06 •• •• •• 04"); // B6
        await phone.TypeSmsCodeAsync(await letters.ReadSmsCodeAsync("+33639980004")); // B7
        await phone.ChoosePinAsync(); // B8

        await phone.ExpectTitleAsync(Labels.Activated); // B9
    }

    [Fact]
    [Steps("B1", "B2", "B3", "B4", "B5b", "B6", "B7", "B8", "B9")]
    public async Task B1_to_B9_by_B5b_the_camera_reads_the_QR_code_of_the_mail()
    {
        await using var phone = await journey.OpenPhoneAsync(withCamera: true);
        await using var letters = await journey.OpenLetterboxAsync();

        await phone.OpenAsync();
        await phone.BeginActivationAsync(); // B1
        await phone.AcceptConditionsAsync();
        await phone.AskForRequestAsync(); // B2
        await phone.TypeRppsAsync("98765000058"); // B3
        await letters.OpenMailAsync("zoe.maquette@example.org"); // B4
        await phone.Camera.PointAtAsync(letters.Page, letters.QrCode);
        await phone.ScanAsync(); // B5b
        await phone.AskForSmsAsync("06 •• •• •• 05"); // B6
        await phone.TypeSmsCodeAsync(await letters.ReadSmsCodeAsync("+33639980005")); // B7
        await phone.ChoosePinAsync(); // B8

        await phone.ExpectTitleAsync(Labels.Activated); // B9
    }

    [Fact]
    [Steps("B3.1", "B3.2", "B3.3", "B3.4", "B3.5")]
    public async Task B3_1_to_B3_5_the_question_mark_leads_to_the_RPPS_number_and_back_to_the_request()
    {
        await using var phone = await journey.OpenPhoneAsync();
        await using var letters = await journey.OpenLetterboxAsync();

        await phone.OpenAsync();
        await phone.BeginActivationAsync(); // B1
        await phone.AcceptConditionsAsync();
        await phone.AskForRequestAsync(); // B2
        await phone.AskForHelpAsync(); // B3.1
        await phone.ChooseSearchAsync(); // B3.2
        await phone.SearchAsync("Mael.Prototype@example.org", "+33 6 39 98 00 99"); // B3.3, B3.4
        await phone.ExpectTextAsync("Nous ne trouvons pas de professionnel avec ce mail et ce téléphone.");
        await phone.SearchAsync("Mael.Prototype@example.org ", "+33 6 39 98 00 06");
        Assert.Equal("98765000066", await phone.ReadRppsAsync()); // B3.5
        await phone.ContinueAsync();
        await phone.SendRppsAsync();

        await letters.OpenMailAsync("mael.prototype@example.org"); // B4
    }
}
