using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The steps of an activation by contact details (B2 to B7).</summary>
public sealed partial class PhoneWindow
{
    public Task SayThatTheMailIsThereAsync() => Link("J'ai déjà une demande par mail").ClickAsync();

    /// <summary>B2.</summary>
    public Task AskForRequestAsync() => Link("Envoyer une demande d'activation").ClickAsync();

    /// <summary>B3.</summary>
    public async Task TypeRppsAsync(string rpps)
    {
        await page.GetByLabel("Votre numéro RPPS").FillAsync(rpps);
        await SendRppsAsync();
    }

    /// <summary>The number is filled in already.</summary>
    public async Task SendRppsAsync()
    {
        await Button("Recevoir le QR code par mail").ClickAsync();
        await ExpectTitleAsync("Consultez vos mails");
    }

    /// <summary>B3.1: the question mark at the top right.</summary>
    public async Task AskForHelpAsync()
    {
        var mark = Button("Aide : je ne connais pas mon numéro RPPS");
        var box = (await mark.BoundingBoxAsync())!;
        Assert.True(box.X > page.ViewportSize!.Width / 2f && box.Y < 100, $"The question mark stands at {box.X}, {box.Y}.");
        await mark.ClickAsync();
    }

    /// <summary>B3.2: the entry of the menu.</summary>
    public Task ChooseSearchAsync() => Link("Rechercher").ClickAsync();

    /// <summary>B3.3 and B3.4.</summary>
    public async Task SearchAsync(string mail, string phoneNumber)
    {
        await page.GetByLabel("Adresse mail").FillAsync(mail);
        await page.GetByLabel("Numéro de téléphone").FillAsync(phoneNumber);
        await Button("Rechercher").ClickAsync();
    }

    /// <summary>B3.5.</summary>
    public async Task<string> ReadRppsAsync()
    {
        await Expect(page.GetByText(Labels.Exactly("Votre numéro RPPS :"))).ToBeVisibleAsync();
        return await ReadDigitsAsync();
    }

    public Task ContinueAsync() => Link("Continuer").ClickAsync();

    /// <summary>B5a: the link of the mail, and the button that it leads to.</summary>
    public async Task OpenLinkAsync(string link, string holder)
    {
        await FollowAsync(link);
        await ExpectTextAsync(holder);
        await SendMyRequestAsync();
    }

    public async Task FollowAsync(string link)
    {
        await page.GotoAsync(link);
        await ExpectTextAsync("Cette demande est celle de");
    }

    public Task SendMyRequestAsync() => Button("Envoyer ma demande d'activation").ClickAsync();

    /// <summary>B6.</summary>
    public async Task AskForSmsAsync(string maskedNumber) =>
        await Button($"Recevoir le code par SMS au {maskedNumber}").ClickAsync();

    /// <summary>B7: the last digit sends it.</summary>
    public Task TypeSmsCodeAsync(string code) => page.GetByLabel("Code à six chiffres").FillAsync(code);

    private async Task<string> ReadDigitsAsync() =>
        string.Concat((await page.Locator(".digits [aria-hidden]").InnerTextAsync()).Where(char.IsAsciiDigit));
}
