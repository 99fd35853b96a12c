using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The browser of the computer; a method is a step of a person.</summary>
public sealed partial class ComputerWindow(IPage page, Journey journey) : IAsyncDisposable
{
    public IPage Page => page;

    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>A part of the screen without a QR code.</summary>
    public ILocator Brand => page.Locator(".brand");

    public ILocator QrCode => page.Locator("#qr");

    private ILocator Begin => Button("Commencer l'activation");

    /// <summary>A1: the portal, and its link to the activation.</summary>
    public async Task OpenActivationAsync()
    {
        await page.GotoAsync(journey.Provider);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly("Activer mon e-CPS") }).ClickAsync();
    }

    /// <summary>A2: the card in the virtual reader of the sandbox.</summary>
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

    /// <summary>The text under the QR code, for a phone without a camera.</summary>
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

    /// <summary>The page continues to this title without an action.</summary>
    public Task ExpectTitleAsync(string title) =>
        Expect(Heading).ToHaveTextAsync(Labels.Exactly(title));

    public Task ExpectTextAsync(string text) => Expect(page.GetByText(Labels.Containing(text)).First).ToBeVisibleAsync();

    public async ValueTask DisposeAsync() => await page.LeaveAsync();
}
