using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>
/// A first start that is killed at any moment leaves nothing behind that the next one stumbles over. The sandbox does everything at its first start:
/// master key, migrations, directory, relying parties, test PKI, signing keys. Costs about 15 seconds, because real processes are killed.
/// </summary>
public sealed class KilledStarts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("psc-killed-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task After_kills_at_growing_times_the_next_start_answers_within_a_minute()
    {
        // From before the first file to after the first answer, in steps that no stage of the start is longer than.
        for (var milliseconds = 200; milliseconds <= 3000; milliseconds += 400)
        {
            using var killed = Start(out _);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Ct);
            killed.Kill();
            await killed.WaitForExitAsync(Ct);
        }

        using var sandbox = Start(out var port);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromMinutes(1));

            Assert.Equal(HttpStatusCode.OK, await FirstAnswerAsync(http, sandbox, patience.Token));
            Assert.DoesNotContain(_folder.EnumerateFiles("*", SearchOption.AllDirectories), file => file.Length == 0 && file.Extension is ".key" or ".pem" or ".json");
        }
        finally
        {
            sandbox.Kill();
            await sandbox.WaitForExitAsync(Ct);
        }
    }

    private static async Task<HttpStatusCode> FirstAnswerAsync(HttpClient http, Process sandbox, CancellationToken ct)
    {
        while (true)
        {
            if (sandbox.HasExited) throw new InvalidOperationException(await sandbox.StandardError.ReadToEndAsync(ct));

            try
            {
                using var response = await http.GetAsync("/auth/realms/esante-wallet/protocol/openid-connect/certs", ct);
                return response.StatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
            }
        }
    }

    private Process Start(out int httpPort)
    {
        httpPort = FreePort();
        return Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "ProSanteConnect.Sandbox.dll"), "--data", _folder.FullName,
            "--http-port", $"{httpPort}", "--https-port", $"{FreePort()}", "--card-port", $"{FreePort()}",
        ])
        {
            RedirectStandardError = true,
        })!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
