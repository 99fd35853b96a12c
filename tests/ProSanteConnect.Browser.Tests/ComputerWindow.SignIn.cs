using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;
using static Microsoft.Playwright.Assertions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>How a practitioner signs in to an application with the e-CPS.</summary>
public sealed partial class ComputerWindow
{
    /// <summary>The sign-in request in the address of the page C2.</summary>
    internal Guid SignInRequestId => Guid.Parse(RequestInAddress().Match(page.Url).Groups[1].Value);

    private ILocator Number => page.Locator("#nombre [aria-hidden]");

    /// <summary>From the application to the number that the phone will ask for.</summary>
    public async Task<string> AskPhoneAsync(TestCard holder)
    {
        await BeginSignInAsync();
        return await TypeIdentifierAsync(holder.Holder.NationalId);
    }

    /// <summary>From the application to the page C1, on the tab of the e-CPS.</summary>
    public async Task BeginSignInAsync()
    {
        await page.GotoAsync(journey.RelyingParty);
        await page.GetByRole(AriaRole.Link, new() { Name = "Se connecter avec Pro Santé Connect" }).ClickAsync();
        await page.WaitForURLAsync("**/connexion?**");
        await page.GetByRole(AriaRole.Link, new() { Name = "Application e-CPS" }).ClickAsync();
    }

    public async Task<string> TypeIdentifierAsync(string identifier)
    {
        await SendIdentifierAsync(identifier);
        return await ReadNumberAsync();
    }

    public async Task SendIdentifierAsync(string identifier)
    {
        await page.GetByLabel("Votre identifiant national").FillAsync(identifier);
        await Button("Se connecter avec e-CPS").ClickAsync();
    }

    public async Task<string> ReadNumberAsync()
    {
        await ExpectTitleAsync("Validez sur votre téléphone");
        return await Number.InnerTextAsync();
    }

    public async Task<string> SendAgainAsync(string number)
    {
        await Button("Renvoyer la demande").ClickAsync();
        await Expect(Number).Not.ToHaveTextAsync(number);
        return await ReadNumberAsync();
    }

    public Task CancelAsync() => Button("Annuler").ClickAsync();

    /// <summary>On the phone itself.</summary>
    public Task OpenAppAsync() => page.GetByRole(AriaRole.Link, new() { NameRegex = Labels.Exactly("Ouvrir l'application e-CPS") }).ClickAsync();

    /// <summary>The application shows who signed in, and that the means was a phone.</summary>
    public async Task ExpectSignedInAsync(TestCard holder)
    {
        await page.WaitForURLAsync(journey.RelyingParty + "/");
        await Expect(Heading).ToContainTextAsync("Bonjour");
        await Expect(page.Locator("tr[data-claim='SubjectNameID']")).ToContainTextAsync(holder.Holder.NationalId);
        Assert.Contains("\"authMode\": \"MOBILE\"", await page.Locator("#id-token").TextContentAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("[?&]demande=([0-9a-f-]{36})")]
    private static partial Regex RequestInAddress();

    private ILocator Button(string label) => page.GetByRole(AriaRole.Button, new() { NameRegex = Labels.Exactly(label) });
}
