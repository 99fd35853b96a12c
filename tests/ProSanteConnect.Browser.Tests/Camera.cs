using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The camera of a phone: a film that shows what a test holds before it.</summary>
public sealed class Camera : IDisposable
{
    private const float Margin = 24;

    private readonly string _film = Path.Combine(Path.GetTempPath(), $"psc-camera-{Guid.NewGuid():N}.mjpeg");

    /// <summary>What tells Chromium that this is its camera; it opens the film when a page asks for one.</summary>
    internal string[] Arguments =>
        ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={_film}"];

    /// <summary>Points at something on another screen.</summary>
    public async Task PointAtAsync(IPage screen, ILocator thing)
    {
        await thing.ScrollIntoViewIfNeededAsync();
        var box = (await thing.BoundingBoxAsync())!;
        // A film of single pictures: one is enough, the camera shows it for ever.
        var picture = await screen.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg, Quality = 95, Clip = Around(box) });
        await File.WriteAllBytesAsync(_film, picture);
    }

    public void Dispose() => File.Delete(_film);

    // Even sides: a film's colours come two by two.
    private static Clip Around(LocatorBoundingBoxResult box)
    {
        var side = MathF.Ceiling((MathF.Max(box.Width, box.Height) + (2 * Margin)) / 2) * 2;
        return new Clip { X = MathF.Max(0, box.X - Margin), Y = MathF.Max(0, box.Y - Margin), Width = side, Height = side };
    }
}
