using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Benchmarks;

/// <summary>A server under measurement, with its database; both are removed when the measurement ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TestDatabase? _postgres;
    private readonly string _folder;

    private ServerProcess(Process process, TestDatabase? postgres, string folder, Uri origin, TimeSpan startTime)
    {
        _process = process;
        _postgres = postgres;
        _folder = folder;
        Origin = origin;
        StartTime = startTime;
    }

    public Uri Origin { get; }

    /// <summary>From the start of the process to the first answer of the discovery document, on a prepared folder.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The processor time that the server has used until now, in all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<ServerProcess> StartAsync(DatabaseProvider provider)
    {
        var postgres = provider == DatabaseProvider.PostgreSql ? await TestDatabase.PostgreSqlAsync() : null;
        var folder = Directory.CreateTempSubdirectory("psc-bench-").FullName;
        var connection = postgres?.Options.ConnectionString ?? "-";

        // The first start creates keys and tables; the second one is measured.
        await (await LaunchAsync(folder, provider, connection, postgres)).StopAsync();
        return await LaunchAsync(folder, provider, connection, postgres);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<ServerProcess> LaunchAsync(string folder, DatabaseProvider provider, string connection, TestDatabase? postgres)
    {
        var port = FreePort();
        var origin = new Uri($"http://localhost:{port}");
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "serve", folder, $"{port}", $"{provider}", connection },
            // The runtime reads the affinity before the server sets it, and would spin for a core that it does not have.
            Environment = { ["DOTNET_PROCESSOR_COUNT"] = "1" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var http = new HttpClient { BaseAddress = origin };
        for (; ; )
        {
            if (process.HasExited) throw new InvalidOperationException("The server ended: " + await process.StandardOutput.ReadToEndAsync());
            if (watch.Elapsed > TimeSpan.FromMinutes(2)) throw new TimeoutException("The server does not answer.");

            try
            {
                await http.GetFromJsonAsync<object>("/auth/realms/esante-wallet/.well-known/wallet-openid-configuration");
                return new ServerProcess(process, postgres, folder, origin, watch.Elapsed);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    /// <summary>The first of three free ports in a row.</summary>
    private static int FreePort()
    {
        for (; ; )
        {
            using var first = new TcpListener(System.Net.IPAddress.Any, 0);
            first.Start();
            var port = ((System.Net.IPEndPoint)first.LocalEndpoint).Port;
            if (IsFree(port + 1) && IsFree(port + 2)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.IPv6Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
