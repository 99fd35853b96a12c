using System.Diagnostics;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The sample WebRelyingParty as a process of its own, as a developer starts it.</summary>
internal sealed class SampleRelyingParty : IDisposable
{
    /// <summary>The name that practitioners see.</summary>
    public const string Name = "Logiciel d'essai";

    private const string ClientId = "essai-web";
    private const string Secret = "essai-web-secret-pour-les-tests-de-navigateur";

    private readonly Process _process;

    private SampleRelyingParty(Process process) => _process = process;

    /// <summary>Starts it, and waits until it answers.</summary>
    public static async Task<SampleRelyingParty> StartAsync(string address, string provider)
    {
        var sample = new SampleRelyingParty(Start(address, provider));
        await WaitForAsync(address);
        return sample;
    }

    /// <summary>Its registration in clients.json.</summary>
    public static string Registration(string address) => $$"""
        {
          "clients": [
            {
              "clientId": "{{ClientId}}",
              "name": "{{Name}}",
              "secret": "{{Secret}}",
              "redirectUris": ["{{address}}/signin-oidc"],
              "postLogoutRedirectUris": ["{{address}}/signout-callback-oidc"]
            }
          ]
        }
        """;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static Process Start(string address, string provider)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        var binary = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "WebRelyingParty", configuration, "WebRelyingParty.dll"));
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(binary),
            Environment =
            {
                ["Urls"] = address,
                ["Psc__Discovery"] = provider + "/auth/realms/esante-wallet/.well-known/wallet-openid-configuration",
                ["Psc__ClientId"] = ClientId,
                ["Psc__ClientSecret"] = Secret,
                ["Psc__TrustedRoot"] = "",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
            },
            ArgumentList = { binary, "--contentRoot", Folder() },
            RedirectStandardOutput = true,
        })!;

        // What it logs is read and dropped: a full pipe would stop it in the middle of a request.
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>The sample's own folder in the repository, where its pages' settings and assets are.</summary>
    private static string Folder() => Repository.PathOf("samples", "WebRelyingParty");

    private static async Task WaitForAsync(string address)
    {
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                await http.GetAsync(address);
                return;
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
