using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>
/// Checks each screen of a journey: axe in light and dark mode, and at 320 pixels. With
/// <c>PSC_SCREENSHOTS=folder</c> it also writes screenshots.
/// </summary>
internal sealed class AccessibilityCheck
{
    private const int Narrow = 320;
    private static readonly int[] PictureWidths = [390, 1280];
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PSC_SCREENSHOTS");

    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    /// <summary>All rules of WCAG 2.2 AA, and best practice.</summary>
    internal static readonly AxeRunOptions Everything = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    // Dark mode changes only colours.
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    private readonly List<string> _faults = [];

    public async Task AtAsync(IPage page, string screen)
    {
        var size = page.ViewportSize!;
        await RunAxeAsync(page, screen, Everything);
        await MeasureAsync(page, screen, size);
        await TakePicturesAsync(page, screen, size);

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await RunAxeAsync(page, screen + ", dark", Colours);
        await TakePicturesAsync(page, screen + "-dark", size);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
    }

    public void ExpectNoFault() => Assert.Empty(_faults);

    /// <summary>
    /// Runs axe on the page and describes its violations. RunAxe opens a blank page for each run and combines the results of the
    /// frames there; a page without frames does not need it.
    /// </summary>
    internal static async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page, AxeRunOptions options)
    {
        if (page.Frames.Count > 1)
        {
            var result = await page.RunAxe(options);
            return [.. result.Violations.Select(violation => $"{violation.Id}: {violation.Help} {violation.Nodes[0].Html}")];
        }

        if (!await page.EvaluateAsync<bool>("() => typeof window.axe === 'object'")) await page.EvaluateAsync(AxeScript);
        return await page.EvaluateAsync<string[]>(
            """
            async runOnly => (await axe.run(document, { runOnly })).violations
                .map(violation => `${violation.id}: ${violation.help} ${violation.nodes[0].html}`)
            """,
            new { type = options.RunOnly.Type, values = options.RunOnly.Values });
    }

    private async Task RunAxeAsync(IPage page, string screen, AxeRunOptions options) =>
        _faults.AddRange((await FindViolationsAsync(page, options)).Select(violation => $"{screen}: {violation}"));

    private async Task MeasureAsync(IPage page, string screen, PageViewportSizeResult size)
    {
        await page.SetViewportSizeAsync(Narrow, size.Height);
        var overflow = await page.EvaluateAsync<int>(
            "Math.max(...[document.documentElement, document.body, ...document.querySelectorAll('#page')].map(e => e.scrollWidth - e.clientWidth))");
        if (overflow > 0) _faults.Add($"{screen}: {overflow} pixels do not fit into {Narrow}.");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private static async Task TakePicturesAsync(IPage page, string screen, PageViewportSizeResult size)
    {
        if (Folder is null) return;

        foreach (var width in PictureWidths)
        {
            await page.SetViewportSizeAsync(width, size.Height);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{width}-{screen}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
