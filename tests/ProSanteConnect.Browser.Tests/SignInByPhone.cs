using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>Signing in to the sample relying party with the e-CPS (screens C1, C2, P10, P11).</summary>
[Collection(SharedJourney.Name)]
public sealed class SignInByPhone(Journey journey)
{
    [Fact]
    public async Task The_request_shows_itself_on_the_phone_and_the_computer_goes_on_by_itself()
    {
        var card = journey.Card(nationalId: "898765000082");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();
        await phone.Page.EvaluateAsync("globalThis.stillThere = true");

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        Assert.True(await phone.Page.EvaluateAsync<bool>("globalThis.stillThere"), "The phone had to read its page anew.");
        await phone.ApproveAsync(number);

        await phone.ExpectTitleAsync("Connexion validée");
        await computer.ExpectSignedInAsync(card);
    }

    [Fact]
    public async Task A_mistyped_identifier_is_doubted_as_it_is_typed()
    {
        await using var computer = await journey.OpenComputerAsync();
        await computer.BeginSignInAsync();

        foreach (var (typed, doubted) in new[] { ("8997002188", false), ("899700218897", true), ("899700218896", false), ("99700218897", true) })
        {
            await computer.Page.Locator("#identifiant").FillAsync(typed);
            await Expect(computer.Page.Locator("#identifiant-doute")).ToHaveTextAsync(doubted ? Labels.Exactly("Vérifiez ce numéro : un de ses chiffres semble mal saisi.") : Labels.Exactly(""));
        }
    }

    [Fact]
    public async Task A_wrong_number_ends_the_request_on_both_screens()
    {
        var card = journey.Card(nationalId: "898765000090");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number == "42" ? "43" : "42");

        await phone.ExpectTitleAsync("Cette demande est close");
        await phone.ExpectTextAsync("Le nombre saisi n'était pas le bon.");
        await computer.ExpectTitleAsync("Le nombre saisi n'était pas le bon.");
    }

    [Fact]
    public async Task A_wrong_PIN_can_be_mended_while_tries_are_left()
    {
        var card = journey.Card(nationalId: "898765000108");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number, pin: "4927");
        await phone.ExpectTextAsync("Code PIN incorrect, il vous reste 2 essais.");
        await phone.TypePinAsync(PhoneWindow.Pin);

        await phone.ExpectTitleAsync("Connexion validée");
        await computer.ExpectSignedInAsync(card);
    }

    [Fact]
    public async Task Refuser_tells_both_screens_that_nobody_was_signed_in()
    {
        var card = journey.Card(nationalId: "898765000140");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.DenyAsync();

        await phone.ExpectTitleAsync("Demande refusée");
        await computer.ExpectTitleAsync("Vous avez refusé cette demande sur votre téléphone.");
    }

    [Fact]
    public async Task Ce_n_est_pas_moi_keeps_unknown_browsers_away_without_telling_them()
    {
        var card = journey.Card(nationalId: "898765000157");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.SayItWasNotMeAsync();
        await phone.ExpectTitleAsync("Demande refusée");
        await phone.ExpectTextAsync("Pendant 24 heures");
        await phone.GoBackHomeAsync();
        await phone.ExpectHomeAsync();

        await using var stranger = await journey.OpenComputerAsync();
        await stranger.AskPhoneAsync(card);
        await phone.ExpectNoRequestAsync();
        await phone.LiftFreezeAsync();
        await phone.GoBackHomeAsync();
        await phone.ExpectHomeAsync();
        await using var another = await journey.OpenComputerAsync();
        await another.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await stranger.ExpectTitleAsync("Validez sur votre téléphone");
    }

    [Fact]
    public async Task Renvoyer_la_demande_brings_a_new_number_to_the_phone()
    {
        var card = journey.Card(nationalId: "898765000165");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var former = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        var number = await computer.SendAgainAsync(former);
        await phone.ExpectTextAsync("Une demande plus récente l'a remplacée.");
        await phone.GoBackHomeAsync();
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number);

        await computer.ExpectSignedInAsync(card);
    }

    [Fact]
    public async Task Annuler_closes_the_request_on_the_phone_and_leads_back_to_the_application()
    {
        var card = journey.Card(nationalId: "898765000173");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await computer.CancelAsync();

        await phone.ExpectTextAsync("Elle a été annulée sur l'ordinateur.");
        await computer.Page.WaitForURLAsync(journey.RelyingParty + "/**");
    }

    [Fact]
    public async Task On_the_phone_itself_the_app_leads_back_to_the_page_that_began()
    {
        var card = journey.Card(nationalId: "898765000181");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        var browser = new ComputerWindow(phone.Page, journey);

        var number = await browser.AskPhoneAsync(card);
        await browser.OpenAppAsync();
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number);

        await browser.ExpectSignedInAsync(card);
    }

    [Fact]
    public async Task Without_JavaScript_the_computer_goes_on_too()
    {
        var card = journey.Card(nationalId: "898765000199");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync(script: false);

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number);

        await computer.ExpectSignedInAsync(card);
    }
}
