using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Browser.Tests;

/// <summary>
/// "Suppression de votre e-CPS" (ecps-cpx-directory §0.1): after each of the three ways, no phone receives a sign-in, and a new activation works.
/// </summary>
[Collection(SharedJourney.Name)]
public sealed class Deletion(Journey journey)
{
    [Fact]
    [Steps("S1.1", "S1.2")]
    public async Task S1_a_forgotten_password_deactivates_and_leads_to_a_new_activation()
    {
        var card = journey.Card(nationalId: "898765000215");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);

        await phone.OpenSettingsAsync();
        await phone.ChooseForgottenAsync(); // S1.1
        await phone.DeactivateAndReactivateAsync(); // S1.2

        await ExpectNobodyAnswersAsync(card);
        await phone.BeginToReactivateAsync();
        await phone.RefuseConditionsAsync();
        await phone.ExpectTextAsync("Elle reste inactive.");
        await phone.ReopenAsync();
        await phone.ReactivateAsync();
        await phone.PairByCardAsync(card);
        await ExpectSignInWorksAsync(phone, card);
    }

    [Fact]
    [Steps("S2.1", "S2.2", "S2.3")]
    public async Task S2_the_e_CPS_is_deleted_on_the_phone()
    {
        var card = journey.Card(nationalId: "898765000223");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);

        await phone.OpenSettingsAsync(); // S2.1
        await phone.ChooseDeleteAsync(); // S2.2
        await phone.ConfirmAsync(); // S2.3
        await phone.ExpectInactiveAsync("e-CPS inactive");

        await ExpectNobodyAnswersAsync(card);
        await phone.ReactivateAsync();
        await phone.PairByCardAsync(card);
        await ExpectSignInWorksAsync(phone, card);
    }

    [Fact]
    [Steps("S3.1", "S3.2", "S3.3")]
    public async Task S3_the_button_Actif_of_the_account_makes_the_e_CPS_inactive()
    {
        var card = journey.Card(nationalId: "898765000231");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        await computer.OpenMyAccountAsync(card); // S3.1
        await computer.DeactivateAsync(); // S3.2
        await computer.ExpectInactiveAsync(); // S3.3
        await phone.ExpectInactiveAsync("e-CPS inactive");

        await ExpectNobodyAnswersAsync(card);
        await phone.ReactivateAsync();
        await phone.PairByCardAsync(card);
        await ExpectSignInWorksAsync(phone, card);
    }

    [Fact]
    public async Task Three_wrong_PINs_end_the_e_CPS_and_the_phone_says_so()
    {
        var card = journey.Card(nationalId: "898765000249");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number, pin: "4927");
        await phone.ExpectTextAsync("Code PIN incorrect, il vous reste 2 essais.");
        await phone.TypePinAsync("4928");
        await phone.ExpectTextAsync("Code PIN incorrect, il vous reste 1 essai. S'il échoue, votre e-CPS est désactivée.");
        await phone.TypePinAsync("4929");
        await phone.ExpectInactiveAsync("e-CPS bloquée");
        await phone.ExpectTextAsync("Votre carte continue de fonctionner : connectez-vous avec elle.");

        await ExpectNobodyAnswersAsync(card);
        await phone.ReactivateAsync();
        await phone.PairByCardAsync(card);
        await ExpectSignInWorksAsync(phone, card);
    }

    [Fact]
    public async Task A_phone_that_another_one_replaced_says_so()
    {
        var card = journey.Card(nationalId: "898765000256");
        await using var former = await journey.OpenActivatedPhoneAsync(card);
        await using var phone = await journey.OpenActivatedPhoneAsync(card);

        await former.ExpectInactiveAsync("Remplacée par un autre téléphone");
        await ExpectSignInWorksAsync(phone, card);
    }

    // The computer waits as always: it must not disclose that no phone receives the request (security-checklist T1).
    private async Task ExpectNobodyAnswersAsync(TestCard card)
    {
        await using var computer = await journey.OpenComputerAsync();
        await computer.AskPhoneAsync(card);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await computer.ExpectTitleAsync("Validez sur votre téléphone");
        await journey.LetRequestExpireAsync(computer);
        await computer.Page.ReloadAsync();
        await computer.ExpectTitleAsync("La demande a expiré au bout de deux minutes.");
    }

    private async Task ExpectSignInWorksAsync(PhoneWindow phone, TestCard card)
    {
        await using var computer = await journey.OpenComputerAsync();
        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number);
        await computer.ExpectSignedInAsync(card);
    }
}
