using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The browser of the computer; a method is a step of a person.</summary>
public sealed partial class ComputerWindow(IPage page, Journey journey) : IAsyncDisposable
{
    public IPage Page => page;

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>Something on the screen that is no QR code, nor near one.</summary>
    public ILocator Brand => page.Locator(".brand");

    public ILocator QrCode => page.Locator("#qr");

    private ILocator Begin => Button("Commencer l'activation");

    /// <summary>A1: the portal, and its door to the activation.</summary>
    public async Task OpenActivationAsync()
    {
        await page.GotoAsync(journey.Provider);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly("Activer mon e-CPS") }).ClickAsync();
    }

    /// <summary>A2: the card in the reader that the sandbox lends.</summary>
    public async Task PresentCardAsync(TestCard card)
    {
        await Button("Se connecter avec la carte CPS").ClickAsync();
        await ChooseCardAsync(card);
    }

    public Task ExpectToBeginAsync() => Expect(Begin).ToBeVisibleAsync();

    /// <summary>A3.</summary>
    public async Task BeginActivationAsync()
    {
        await Begin.ClickAsync();
        await Expect(QrCode).ToBeVisibleAsync();
    }

    /// <summary>The text under the QR code, for whoever cannot scan.</summary>
    public async Task<string> ReadTextUnderQrCodeAsync()
    {
        await page.GetByText("Je ne peux pas scanner").ClickAsync();
        return await page.Locator("#texte").InnerTextAsync();
    }

    /// <summary>Ninety seconds go by, and the page shows another QR code by itself.</summary>
    public async Task LetQrCodeExpireAsync(string former)
    {
        await page.Clock.FastForwardAsync(91_000);
        await Expect(page.Locator("#texte")).Not.ToHaveTextAsync(former);
    }

    public async Task CancelAndBeginAgainAsync()
    {
        await CancelAsync();
        // A navigation before the form is sent would abort it.
        await page.WaitForURLAsync(journey.Provider + "/");
        await page.GotoAsync(journey.Provider + "/activation");
        await BeginActivationAsync();
    }

    /// <summary>A9.</summary>
    public async Task TypeCodeAsync(string code)
    {
        await page.GetByLabel("Code à six chiffres").FillAsync(code);
        await Button("Valider le code").ClickAsync();
    }

    /// <summary>The page goes on by itself to this title.</summary>
    public Task ExpectTitleAsync(string title) =>
        Expect(Heading).ToHaveTextAsync(Labels.Exactly(title));

    public Task ExpectTextAsync(string text) => Expect(page.GetByText(Labels.Containing(text)).First).ToBeVisibleAsync();

    public async ValueTask DisposeAsync() => await page.LeaveAsync();
}
