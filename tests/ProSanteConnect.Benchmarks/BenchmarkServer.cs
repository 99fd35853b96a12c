using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Sandbox.Start;

namespace ProSanteConnect.Benchmarks;

/// <summary>The sandbox as the benchmark measures it: one core, no console log, no limit by address.</summary>
internal static class BenchmarkServer
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (folder, port, provider, connection) = (args[0], int.Parse(args[1], null), Enum.Parse<DatabaseProvider>(args[2]), args[3]);
        // One core for the server (the first), the others for the load.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = 1;

        var arguments = new SandboxArguments
        {
            DataFolder = folder,
            HttpPort = port,
            HttpsPort = port + 1,
            CardPort = port + 2,
            Database = provider == DatabaseProvider.Sqlite
                ? null
                : new DatabaseOptions { Provider = provider, ConnectionString = connection, CommandTimeout = TimeSpan.FromSeconds(5) },
        };
        var prepared = await SandboxPreparation.PrepareAsync(arguments, TimeProvider.System, CancellationToken.None);
        await using var app = SandboxHost.Build(prepared, TimeProvider.System, Quiet);
        await app.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        return 0;
    }

    private static void Quiet(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["RateLimits:ExemptNetworks:0"] = "127.0.0.0/8", ["Logs:Console"] = "false" });
    }
}
