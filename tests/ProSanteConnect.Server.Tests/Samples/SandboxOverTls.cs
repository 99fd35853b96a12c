using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Sandbox.Start;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>The sandbox with its defaults, on real sockets, in a new folder.</summary>
public class SandboxOverTls : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psc-sandbox-");
    private WebApplication _app = null!;

    /// <summary>The file that a relying party is told to trust.</summary>
    public string TrustedRoot { get; private set; } = "";

    /// <summary>Everything, over TLS.</summary>
    public int HttpsPort { get; } = FreePort();

    public int CardPort { get; } = FreePort();

    /// <summary>Everything, in clear.</summary>
    public int HttpPort { get; } = FreePort();

    public IServiceProvider Services => _app.Services;

    public SandboxArguments Arguments => new() { DataFolder = _folder.FullName, HttpsPort = HttpsPort, CardPort = CardPort, HttpPort = HttpPort };

    public async ValueTask InitializeAsync()
    {
        var prepared = await SandboxPreparation.PrepareAsync(Arguments, TimeProvider.System, CancellationToken.None);
        TrustedRoot = prepared.Folder.TrustedRoot;
        _app = SandboxHost.Build(prepared, TimeProvider.System, builder =>
        {
            builder.Logging.ClearProviders();
            // A busy machine must not look like a failing database.
            builder.Configuration["Failures:RequestDeadline"] = "00:00:30";
            Configure(builder);
        });
        await _app.StartAsync();
    }

    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
