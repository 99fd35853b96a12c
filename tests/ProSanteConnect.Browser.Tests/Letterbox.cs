using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The sandbox's mailbox page, opened in a window.</summary>
public sealed class Letterbox(IPage page, Journey journey) : IAsyncDisposable
{
    public IPage Page => page;

    /// <summary>The QR code in the mail that is open.</summary>
    public ILocator QrCode => Letter.GetByRole(AriaRole.Img);

    private IFrameLocator Letter => page.Locator("iframe.letter").First.ContentFrame;

    /// <summary>Waits for the last mail to this address, and opens it.</summary>
    public Task OpenMailAsync(string address) => OpenAsync(address);

    /// <summary>The link of the mail for a reader on the phone.</summary>
    public async Task<string> ReadLinkAsync() =>
        await Letter.GetByRole(AriaRole.Link, new() { Name = "Continuer sur ce téléphone" }).GetAttributeAsync("href") ?? "";

    /// <summary>Waits for the last SMS to this number, and reads the code in it.</summary>
    public async Task<string> ReadSmsCodeAsync(string number)
    {
        await OpenAsync(number);
        return Labels.SixDigits().Match(await page.Locator(".sms").First.InnerTextAsync()).Value;
    }

    public async ValueTask DisposeAsync() => await page.LeaveAsync();

    // The page does not refresh itself: reload it until the message is there.
    private async Task OpenAsync(string recipient)
    {
        var address = $"{journey.Provider}/sandbox/boite?pause=true&a={Uri.EscapeDataString(recipient)}";
        for (var tries = 0; tries < 100; tries++)
        {
            await page.GotoAsync(address);
            if (await page.Locator("article").CountAsync() > 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        Assert.Fail($"Nothing has come for {recipient}.");
    }
}
