using Microsoft.Playwright;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The system's headless Chromium, without background network requests.</summary>
internal static class SystemChromium
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] further) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Requires.ChromiumPath, Args = [.. Quiet, .. further] });
}
