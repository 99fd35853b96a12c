using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The e-CPS app on the phone; a method is a step of a person.</summary>
public sealed partial class PhoneWindow(IPage page, Journey journey, Camera? camera = null) : IAsyncDisposable
{
    /// <summary>A PIN that the policy accepts for every practitioner of the sandbox.</summary>
    public const string Pin = "7294";

    public IPage Page => page;

    internal Journey Journey => journey;

    /// <summary>What the camera of this phone sees.</summary>
    public Camera Camera => camera ?? throw new InvalidOperationException("This phone was opened without a camera.");

    /// <summary>Opens the app, as its icon does.</summary>
    public Task OpenAsync() => page.GotoAsync(journey.Provider + "/app/");

    /// <summary>Opens one screen of the app, as a bookmark would.</summary>
    public async Task GoToAsync(string route, string title)
    {
        await page.EvaluateAsync("route => { location.hash = route }", route);
        await ExpectTitleAsync(title);
    }

    public Task GoBackAsync() => Link("Retour").ClickAsync();

    /// <summary>A4 and B1.</summary>
    public Task BeginActivationAsync() => Link("Commencer l'activation").ClickAsync();

    /// <summary>A5: the conditions open «Accepter» only at their end.</summary>
    public async Task AcceptConditionsAsync()
    {
        await Expect(Button("Accepter")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByRole(AriaRole.Region).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Button("Accepter").ClickAsync();
    }

    public Task RefuseConditionsAsync() => Button("Refuser").ClickAsync();

    public Task AbandonAsync() => Button("Abandonner l'activation").ClickAsync();

    /// <summary>A6.</summary>
    public Task ScanAsync() => Link("Scanner un QR code").ClickAsync();

    /// <summary>A7 without a camera; the app says that there is none.</summary>
    public async Task TypeTextUnderQrCodeAsync(string text)
    {
        await Expect(page.GetByText("Aucun appareil photo n'est disponible.")).ToBeVisibleAsync();
        await page.GetByLabel("Code écrit sous le QR code", new() { Exact = true }).FillAsync(text);
        await Button("Continuer").ClickAsync();
    }

    /// <summary>A8.</summary>
    public async Task<string> ReadCodeAsync()
    {
        await ExpectTitleAsync("Votre code");
        return await ReadDigitsAsync();
    }

    /// <summary>A10 and B8.</summary>
    public async Task ChoosePinAsync(string pin = Pin, string? confirmed = null)
    {
        await page.GetByLabel("Nouveau code PIN").FillAsync(pin);
        await page.GetByLabel("Confirmez").FillAsync(confirmed ?? pin);
        await Button("Activer mon e-CPS").ClickAsync();
    }

    public Task ExpectTitleAsync(string title) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Labels.Exactly(title));

    public async ValueTask DisposeAsync()
    {
        await page.LeaveAsync();
        // A camera has a browser of its own.
        if (camera is null) return;
        await page.Context.Browser!.LeaveAsync();
        camera.Dispose();
    }

    private ILocator Link(string label) => page.GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly(label) });

    private ILocator Button(string label) => page.GetByRole(AriaRole.Button, new() { NameRegex = Labels.Exactly(label) });
}
