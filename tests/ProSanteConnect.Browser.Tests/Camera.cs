using Microsoft.Playwright;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The camera of a phone: a video file with what a test shows to it.</summary>
public sealed class Camera : IDisposable
{
    private const float Margin = 24;

    private readonly string _film = Path.Combine(Path.GetTempPath(), $"psc-camera-{Guid.NewGuid():N}.mjpeg");

    /// <summary>The arguments with which Chromium uses the file as its camera; it opens the file when a page requests a camera.</summary>
    internal string[] Arguments =>
        ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={_film}"];

    /// <summary>Points at something on another screen.</summary>
    public async Task PointAtAsync(IPage screen, ILocator thing)
    {
        await thing.ScrollIntoViewIfNeededAsync();
        var box = (await thing.BoundingBoxAsync())!;
        // One frame is enough: the camera repeats it.
        var picture = await screen.ScreenshotAsync(new PageScreenshotOptions { Type = ScreenshotType.Jpeg, Quality = 95, Clip = Around(box) });
        await File.WriteAllBytesAsync(_film, picture);
    }

    public void Dispose() => File.Delete(_film);

    // Even sides: the colours of the video have half the resolution.
    private static Clip Around(LocatorBoundingBoxResult box)
    {
        var side = MathF.Ceiling((MathF.Max(box.Width, box.Height) + (2 * Margin)) / 2) * 2;
        return new Clip { X = MathF.Max(0, box.X - Margin), Y = MathF.Max(0, box.Y - Margin), Width = side, Height = side };
    }
}
