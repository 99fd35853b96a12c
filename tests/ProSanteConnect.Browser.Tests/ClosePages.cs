using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>How a window is closed when its test is done with it.</summary>
internal static class ClosePages
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Closes a window with its context. Chromium sometimes does not answer that a context is closed
    /// (Target.disposeBrowserContext), and Playwright sets no timeout: the page is navigated away first, and a context that is still open
    /// is closed with the browser.
    /// </summary>
    public static async Task LeaveAsync(this IPage page)
    {
        await Task.WhenAny(page.GotoAsync("about:blank"), Task.Delay(Patience, TimeProvider.System));
        await Task.WhenAny(page.Context.CloseAsync(), Task.Delay(Patience, TimeProvider.System));
    }

    public static Task LeaveAsync(this IBrowser browser) => Task.WhenAny(browser.CloseAsync(), Task.Delay(Patience, TimeProvider.System));
}
