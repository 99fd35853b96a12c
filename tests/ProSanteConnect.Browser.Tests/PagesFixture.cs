using Microsoft.Playwright;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Browser.Tests;

/// <summary>A test that opens pages of its own, and leaves none of them open.</summary>
public abstract class PagesFixture(Journey journey) : IAsyncDisposable
{
    private readonly List<IPage> _opened = [];

    protected Journey Journey => journey;

    /// <inheritdoc cref="Journey.OpenAsync"/>
    protected async Task<IPage> OpenAsync(
        TestCard? card = null, ViewportSize? size = null, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var page = await journey.OpenAsync(card, size, scheme, script);
        _opened.Add(page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _opened) await page.LeaveAsync();
        GC.SuppressFinalize(this);
    }
}
