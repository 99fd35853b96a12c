using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>How the holder answers a request to sign in.</summary>
public sealed partial class PhoneWindow
{
    /// <summary>The first screen of an active e-CPS, connected to the event stream.</summary>
    public async Task GoHomeAsync()
    {
        await Link("Aller à l'accueil").ClickAsync();
        await ExpectHomeAsync();
    }

    public async Task ExpectHomeAsync()
    {
        await ExpectTitleAsync("Votre e-CPS");
        await Expect(page.GetByText("Aucune demande en attente")).ToBeVisibleAsync();
        await Expect(page.GetByText("À jour", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>The request is shown without an action of the holder.</summary>
    public async Task ExpectRequestAsync()
    {
        await ExpectTitleAsync("Demande de connexion");
        await Expect(page.GetByText(SampleRelyingParty.Name, new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>No request arrives within the time in which a request always arrives.</summary>
    public async Task ExpectNoRequestAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await ExpectHomeAsync();
    }

    public async Task ApproveAsync(string number, string pin = Pin)
    {
        await page.GetByLabel(Labels.Containing("Saisissez le nombre affiché")).FillAsync(number);
        await TypePinAsync(pin);
    }

    /// <summary>The number is typed already.</summary>
    public async Task TypePinAsync(string pin)
    {
        await page.GetByLabel("Code PIN", new() { Exact = true }).FillAsync(pin);
        await Button("Valider").ClickAsync();
    }

    public Task AnswerAsync() => Link("Répondre").ClickAsync();

    public Task DenyAsync() => Button("Refuser").ClickAsync();

    public async Task SayItWasNotMeAsync()
    {
        await page.GetByText(Labels.Exactly("Ce n'est pas moi")).ClickAsync();
        await Button("Refuser et bloquer pendant 24 heures").ClickAsync();
    }

    /// <summary>From the first screen, which says that unknown browsers are blocked.</summary>
    public async Task LiftFreezeAsync()
    {
        await ExpectTextAsync("Vous avez répondu « Ce n'est pas moi »");
        await Link("Lever le blocage").ClickAsync();
        await page.GetByLabel("Code PIN", new() { Exact = true }).FillAsync(Pin);
        await Button("Lever le blocage").ClickAsync();
        await ExpectTitleAsync("Le blocage est levé.");
    }

    public Task GoBackHomeAsync() => Link("Revenir à l'accueil").ClickAsync();

    public Task ExpectTextAsync(string text) => Expect(page.GetByText(Labels.Containing(text)).First).ToBeVisibleAsync();
}
