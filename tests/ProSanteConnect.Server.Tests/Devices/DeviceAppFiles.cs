using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Devices;

/// <summary>The app as a phone fetches it: its folder, its files, and the one page that may use the camera.</summary>
public sealed class DeviceAppFiles : IAsyncLifetime
{
    private PscApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await PscApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Without_its_slash_the_folder_leads_to_the_folder()
    {
        using var response = await _app.Http().GetAsync("/app", Ct);

        Assert.Equal((HttpStatusCode.Found, "/app/"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("/app/", "text/html")]
    [InlineData("/app/app.js", "text/javascript")]
    [InlineData("/app/sw.js", "text/javascript")]
    [InlineData("/app/manifest.webmanifest", "application/manifest+json")]
    [InlineData("/app/cgu.html", "text/html")]
    [InlineData("/app/icons/icon-192.png", "image/png")]
    public async Task Its_files_are_served_with_the_right_to_the_camera(string path, string type)
    {
        using var response = await _app.Http().GetAsync(path, Ct);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("camera=(self)", Assert.Single(response.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/application")]
    [InlineData("/ecps/v1/push-key")]
    public async Task Nothing_else_has_it(string path)
    {
        using var response = await _app.Http().GetAsync(path, Ct);

        Assert.StartsWith("camera=()", Assert.Single(response.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }
}
