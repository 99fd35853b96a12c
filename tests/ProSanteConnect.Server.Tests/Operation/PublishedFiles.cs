using System.Diagnostics;
using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>What an operator gets from <c>dotnet publish</c>, which names the pages' files anew.</summary>
public sealed class PublishedFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-published-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_file_of_the_pages_and_of_the_phone_app_has_an_address()
    {
        await PublishAsync();

        var root = Path.Combine(_folder, "wwwroot");
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));
        var manifest = await File.ReadAllBytesAsync(
            Path.Combine(_folder, "ProSanteConnect.Server.staticwebassets.endpoints.json"), TestContext.Current.CancellationToken);
        var addresses = JsonDocument.Parse(manifest).RootElement.GetProperty("Endpoints").EnumerateArray()
            .Select(endpoint => endpoint.GetProperty("Route").GetString());
        Assert.Contains("app/app.js", files);
        Assert.Empty(files.Except(addresses));
    }

    // What the tests run with was built already.
    private async Task PublishAsync()
    {
        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", "src/ProSanteConnect.Server", "--no-build", "--no-restore", "--nologo", "-c", "Debug", "-o", _folder },
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        var said = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publish.ExitCode == 0, said);
    }
}
