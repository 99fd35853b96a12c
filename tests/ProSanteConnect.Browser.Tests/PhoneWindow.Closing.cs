namespace ProSanteConnect.Browser.Tests;

/// <summary>What befalls a phone while its app waits.</summary>
public sealed partial class PhoneWindow
{
    /// <summary>The app is closed, and opened again by its icon.</summary>
    public async Task ReopenAsync()
    {
        var former = page;
        page = await former.Context.NewPageAsync();
        await former.CloseAsync();
        await VirtualKeys.PlugIntoAsync(page);
        await OpenAsync();
    }

    /// <summary>From now on only what the phone keeps is there, the app itself included.</summary>
    public async Task LoseNetworkAndReloadAsync()
    {
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        // After a reload Chromium holds back what was to be fetched, and says that it is online all the same.
        Assert.False(await page.EvaluateAsync<bool>("fetch('/health/live').then(() => true, () => false)"));
    }

    public Task FindNetworkAsync() => page.Context.SetOfflineAsync(false);
}
