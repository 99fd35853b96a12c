namespace ProSanteConnect.Browser.Tests;

/// <summary>Every screen of the phone, and of the computer beside it (screens.md), visited in one journey.</summary>
[Collection(SharedJourney.Name)]
public sealed class Screens(Journey journey)
{
    private readonly AccessibilityCheck _look = new();

    [Fact]
    public async Task Of_an_activation_by_card_suit_everybody()
    {
        var card = journey.Card(nationalId: "898765000272");
        await using var computer = await journey.OpenComputerAsync();
        await using var phone = await journey.OpenPhoneAsync(withCamera: true);

        await computer.OpenActivationAsync();
        await _look.AtAsync(computer.Page, "C4-1-carte");
        await computer.PresentCardAsync(card);
        await computer.ExpectToBeginAsync();
        await _look.AtAsync(computer.Page, "C4-2-commencer");
        await computer.BeginActivationAsync();
        await computer.ReadTextUnderQrCodeAsync();
        await _look.AtAsync(computer.Page, "C4-3-qr-code");

        await phone.OpenAsync();
        await phone.ExpectTitleAsync("Bienvenue");
        await _look.AtAsync(phone.Page, "P01-bienvenue");
        await phone.BeginActivationAsync();
        await phone.ExpectTitleAsync("Conditions générales d'utilisation");
        await _look.AtAsync(phone.Page, "P02-conditions");
        await phone.AcceptConditionsAsync();
        await phone.ExpectTitleAsync("Comment activer ?");
        await _look.AtAsync(phone.Page, "P03-choisir");
        await phone.Camera.PointAtAsync(computer.Page, computer.Brand);
        await phone.ScanAsync();
        await phone.ExpectTextAsync("Je cherche le QR code…");
        await _look.AtAsync(phone.Page, "P03a-scanner");
        await phone.GoBackAsync();
        await phone.Camera.PointAtAsync(computer.Page, computer.QrCode);
        await phone.ScanAsync();

        var code = await phone.ReadCodeAsync();
        await _look.AtAsync(phone.Page, "P06-code");
        await computer.ExpectTitleAsync("Saisissez le code affiché par votre téléphone");
        await _look.AtAsync(computer.Page, "C4-4-code");
        await computer.TypeCodeAsync(code == "111111" ? "222222" : "111111");
        await computer.ExpectTextAsync("Code incorrect, il vous reste 2 essais");
        await _look.AtAsync(computer.Page, "C4-4-code-incorrect");
        await computer.TypeCodeAsync(code);
        await computer.ExpectTitleAsync("Terminez sur votre téléphone : choisissez votre code PIN");
        await _look.AtAsync(computer.Page, "C4-5-pin");

        await phone.ExpectTitleAsync("Votre code PIN");
        await _look.AtAsync(phone.Page, "P08-pin");
        await phone.ChoosePinAsync("1234");
        await phone.ExpectTextAsync("Trop facile à deviner");
        await _look.AtAsync(phone.Page, "P08-pin-trop-facile");
        await phone.ChoosePinAsync();
        await phone.ExpectTitleAsync(Labels.Activated);
        await _look.AtAsync(phone.Page, "P09-fin");
        await computer.ExpectTitleAsync(Labels.Activated);
        await _look.AtAsync(computer.Page, "C4-6-activee");

        _look.ExpectNoFault();
    }

    [Fact]
    public async Task Of_an_activation_by_contact_details_suit_everybody()
    {
        await using var phone = await journey.OpenPhoneAsync();
        await using var letters = await journey.OpenLetterboxAsync();

        await phone.OpenAsync();
        await phone.BeginActivationAsync();
        await phone.AcceptConditionsAsync();
        await phone.ScanAsync();
        await phone.ExpectTextAsync("Aucun appareil photo n'est disponible.");
        await _look.AtAsync(phone.Page, "P03a-sans-appareil-photo");
        await phone.GoBackAsync();
        await phone.AskForRequestAsync();
        await phone.AskForHelpAsync();
        await _look.AtAsync(phone.Page, "P04-demande");
        await phone.ChooseSearchAsync();
        await phone.ExpectTitleAsync("Retrouver mon numéro");
        await phone.SearchAsync("bleuenn.conte@example.org", "06 39 98 00 99");
        await phone.ExpectTextAsync("Nous ne trouvons pas");
        await _look.AtAsync(phone.Page, "P05-retrouver-echec");
        await phone.SearchAsync("bleuenn.conte@example.org", "06 39 98 00 28");
        await phone.ReadRppsAsync();
        await _look.AtAsync(phone.Page, "P05-retrouver");
        await phone.ContinueAsync();
        await phone.SendRppsAsync();
        await _look.AtAsync(phone.Page, "P04-demande-envoyee");

        await letters.OpenMailAsync("bleuenn.conte@example.org");
        await phone.FollowAsync(await letters.ReadLinkAsync());
        await _look.AtAsync(phone.Page, "P04-verifier");
        await phone.SendMyRequestAsync();
        await phone.ExpectTitleAsync("Recevoir un code par SMS");
        await _look.AtAsync(phone.Page, "P07-sms");
        await phone.AskForSmsAsync("06 •• •• •• 28");
        await phone.ExpectTitleAsync("Code reçu par SMS");
        await phone.ExpectTextAsync("Un code à six chiffres est parti");
        await phone.TypeSmsCodeAsync("111111");
        await phone.ExpectTextAsync("Code incorrect, il vous reste 2 essais.");
        await _look.AtAsync(phone.Page, "P07-sms-code");

        _look.ExpectNoFault();
    }

    [Fact]
    public async Task Of_a_sign_in_suit_everybody()
    {
        var card = journey.Card(nationalId: "898765000298");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();
        await _look.AtAsync(phone.Page, "P10-accueil");

        await computer.BeginSignInAsync();
        await _look.AtAsync(computer.Page, "C1-e-cps");
        await computer.SendIdentifierAsync("123");
        await computer.ExpectTextAsync("Cet identifiant n'a pas la bonne forme.");
        await _look.AtAsync(computer.Page, "C1-e-cps-mauvaise-forme");
        await computer.TypeIdentifierAsync(card.Holder.NationalId);
        await _look.AtAsync(computer.Page, "C2-validez");
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync("", pin: "4927");
        await phone.ExpectTextAsync("Saisissez les deux chiffres affichés.");
        await _look.AtAsync(phone.Page, "P11-demande");
        await phone.GoBackAsync();
        await phone.ExpectTextAsync("Une demande de connexion vous attend");
        await _look.AtAsync(phone.Page, "P10-accueil-demande");
        await phone.AnswerAsync();
        await phone.DenyAsync();
        await phone.ExpectTitleAsync("Demande refusée");
        await _look.AtAsync(phone.Page, "P11-refusee");
        await computer.ExpectTitleAsync("Vous avez refusé cette demande sur votre téléphone.");
        await _look.AtAsync(computer.Page, "C2-refusee");

        await phone.GoBackHomeAsync();
        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number);
        await phone.ExpectTitleAsync("Connexion validée");
        await _look.AtAsync(phone.Page, "P11-validee");
        await computer.ExpectSignedInAsync(card);
        await computer.Page.GotoAsync(journey.Provider + "/mon-compte");
        await computer.ExpectTitleAsync("Mon compte");
        await _look.AtAsync(computer.Page, "C5-mes-connexions");

        _look.ExpectNoFault();
    }

    [Fact]
    public async Task Of_what_has_ended_suit_everybody()
    {
        var card = journey.Card(nationalId: "898765000322");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        var number = await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await phone.ApproveAsync(number == "42" ? "43" : "42");
        await phone.ExpectTitleAsync("Cette demande est close");
        await _look.AtAsync(phone.Page, "P11-close");
        await computer.ExpectTitleAsync("Le nombre saisi n'était pas le bon.");
        await _look.AtAsync(computer.Page, "C2-mauvais-nombre");

        await phone.GoBackHomeAsync();
        await computer.AskPhoneAsync(card);
        await phone.ExpectRequestAsync();
        await journey.LetRequestExpireAsync(computer);
        await computer.ExpectTitleAsync("La demande a expiré au bout de deux minutes.");
        await _look.AtAsync(computer.Page, "C2-expiree");

        await journey.LetECpsExpireAsync(card, inDays: 20);
        await phone.OpenAsync();
        await phone.ExpectTextAsync("Renouveler");
        await _look.AtAsync(phone.Page, "P10-a-renouveler");
        await journey.LetECpsExpireAsync(card, inDays: 0);
        await phone.OpenAsync();
        await phone.ExpectInactiveAsync("e-CPS expirée");
        foreach (var (reason, title) in Endings)
        {
            await phone.ShowEndingAsync(reason);
            await phone.ExpectInactiveAsync(title);
            await _look.AtAsync(phone.Page, $"P14-{reason}");
        }

        _look.ExpectNoFault();
    }

    [Fact]
    public async Task Of_the_settings_and_the_account_suit_everybody()
    {
        var card = journey.Card(nationalId: "898765000306");
        await using var phone = await journey.OpenActivatedPhoneAsync(card);
        await using var computer = await journey.OpenComputerAsync();

        await computer.OpenMyAccountAsync(card);
        await _look.AtAsync(computer.Page, "C5-mon-compte");
        await computer.PressActifAsync();
        await _look.AtAsync(computer.Page, "C5-desactiver");
        foreach (var (route, title) in Routes)
        {
            await phone.GoToAsync(route, title);
            await _look.AtAsync(phone.Page, $"P12-{route.Split('?')[0]}");
        }

        await phone.Page.Context.SetOfflineAsync(true);
        await phone.ExpectTextAsync("Pas de connexion à Internet.");
        await _look.AtAsync(phone.Page, "P14-hors-ligne");
        await phone.Page.Context.SetOfflineAsync(false);

        await computer.ConfirmDeactivationAsync();
        await computer.ExpectInactiveAsync();
        await _look.AtAsync(computer.Page, "C5-inactive");
        foreach (var (route, title) in States)
        {
            await phone.GoToAsync(route, title);
            await _look.AtAsync(phone.Page, $"P14-{route}");
        }

        _look.ExpectNoFault();
    }

    private static readonly (string Route, string Title)[] Routes =
    [
        ("historique", "Historique"), ("parametres", "Paramètres"), ("supprimer", "Supprimer ma e-CPS"), ("oubli", "Mot de passe oublié"),
        ("renouveler", "Renouveler"), ("conditions?lire", "Conditions générales d'utilisation"),
        ("demande?id=00000000-0000-0000-0000-000000000000", "Cette demande est close"),
    ];

    private static readonly (string Reason, string Title)[] Endings =
    [
        ("expired", "e-CPS expirée"), ("delisted", "e-CPS inactive"), ("operator", "e-CPS inactive"), ("deleted", "e-CPS inactive"),
        ("forgotten-pin", "e-CPS inactive"), ("replaced", "Remplacée par un autre téléphone"), ("blocked", "e-CPS bloquée"),
    ];

    private static readonly (string Route, string Title)[] States =
    [
        ("accueil", "e-CPS inactive"), ("inconnu", "Téléphone non reconnu"), ("activation-terminee", "L'activation est interrompue"),
        ("stockage", "Rien ne peut être gardé ici"), ("introuvable", "Cette page n'existe pas"),
    ];
}
