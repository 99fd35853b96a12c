using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Benchmarks;

/// <summary>
/// Measures the provider over HTTP, on one core, with checked answers: <c>[sqlite|postgresql …] [--seconds N] [--warm-up N] [--connections N] [--only WORD]</c>.
/// </summary>
internal static class BenchmarkCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = Option(args, "--seconds", 10);
        var warmUp = Option(args, "--warm-up", 20);
        var connections = Option(args, "--connections", 16);
        var providers = args.Where(arg => char.IsLetter(arg[0]) && Enum.TryParse<DatabaseProvider>(arg, ignoreCase: true, out _))
            .Select(arg => Enum.Parse<DatabaseProvider>(arg, ignoreCase: true))
            .DefaultIfEmpty(DatabaseProvider.Sqlite)
            .ToList();
        var only = args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault("");
        if (Environment.ProcessorCount > 1 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
            Process.GetCurrentProcess().ProcessorAffinity = 2;

        Console.WriteLine($"RS256 with 2048 bits, one core: {SignaturesPerSecond():N0} signatures/s is the machine's limit.");
        foreach (var provider in providers) await MeasureAsync(provider, connections, TimeSpan.FromSeconds(warmUp), TimeSpan.FromSeconds(seconds), only);
        return 0;
    }

    private static async Task MeasureAsync(DatabaseProvider provider, int connections, TimeSpan warmUp, TimeSpan duration, string only)
    {
        await using var server = await ServerProcess.StartAsync(provider);
        Console.WriteLine();
        Console.WriteLine($"{provider}, {connections} connections, one core for the server");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start to the first discovery answer {server.StartTime.TotalSeconds:F2} s, {server.WorkingSet / 1048576.0:F0} MiB"));
        Console.WriteLine("| operation | per second | CPU ms each | p50 ms | p99 ms |");
        Console.WriteLine("|---|---|---|---|---|");

        var scenarios = new Scenarios(server.Origin);
        await scenarios.PrepareAsync();
        foreach (var (name, worker) in new (string, Func<int, Func<Task>>)[]
        {
            ("client_credentials token", scenarios.ClientCredentials()),
            ("UserInfo", scenarios.UserInfo()),
            ("introspection", scenarios.Introspection()),
            ("refresh", scenarios.Refresh()),
            ("whole sign-in (page, card, code, tokens, UserInfo)", scenarios.Login()),
        }.Where(scenario => scenario.Item1.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var m = await Load.RunAsync(name, server, connections, warmUp, duration, worker);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {m.Name} | {m.PerSecond:F0} | {m.ProcessorMilliseconds:F2} | {m.Percentile(0.5):F1} | {m.Percentile(0.99):F1} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory after the load {server.WorkingSet / 1048576.0:F0} MiB"));
    }

    /// <summary>The cost of the cryptographic operations alone.</summary>
    private static double SignaturesPerSecond()
    {
        using var key = RSA.Create(2048);
        var hash = new byte[32];
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(2); count++) key.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static int Option(string[] args, string name, int otherwise)
    {
        var index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
