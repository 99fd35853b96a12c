namespace ProSanteConnect.Browser.Tests;

/// <summary>The app is closed, reloaded or offline while it waits.</summary>
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

    /// <summary>From now on the phone has no network.</summary>
    public async Task LoseNetworkAndReloadAsync()
    {
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        // After a reload Chromium blocks requests but still reports that it is online.
        Assert.False(await page.EvaluateAsync<bool>("fetch('/health/live').then(() => true, () => false)"));
    }

    public Task FindNetworkAsync() => page.Context.SetOfflineAsync(false);
}
