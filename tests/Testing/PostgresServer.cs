using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace ProSanteConnect.Testing;

/// <summary>
/// The PostgreSQL of the tests: the one that <c>PSC_TEST_POSTGRES</c> names, else a throw-away cluster of the installed
/// version, started once for each test process on a free loopback port and removed with it.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    // Held, because the server ends with its standard input.
    private static Process? _running;

    private static string? Given => Environment.GetEnvironmentVariable("PSC_TEST_POSTGRES") is { Length: > 0 } given ? given : null;

    private static string? Binaries { get; } = FindBinaries();

    public static bool IsAvailable => Given is not null || Binaries is not null;

    /// <summary>The connection string of the maintenance database.</summary>
    public static Task<string> ConnectionStringAsync() => Given is { } given ? Task.FromResult(given) : Started.Value;

    /// <summary>Removes a throw-away cluster as a whole; on a given server, removes the databases of this process.</summary>
    public static void DropAtExit(string database)
    {
        if (Given is not { } given) return;

        using var connection = new NpgsqlConnection(given);
        connection.Open();
        using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", connection);
        command.ExecuteNonQuery();
    }

    // Ends with its standard input, so that even a killed test process leaves neither server nor files behind.
    private const string Script = """
        set -eu
        folder=$(mktemp -d)
        IFS= read -r password
        printf '%s\n' "$password" > "$folder/password"
        "$1/initdb" -D "$folder/data" -U postgres -E UTF8 --locale=C.UTF-8 -A scram-sha-256 --pwfile="$folder/password" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
        "$1/postgres" -D "$folder/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 </dev/null >"$folder/log" 2>&1 &
        server=$!
        cat >/dev/null || true
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" || true
        rm -rf "$folder"
        """;

    private static async Task<string> StartAsync()
    {
        var port = FreePort();
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

        // PostgreSQL refuses to run as root.
        string[] command = Environment.UserName == "root"
            ? ["runuser", "-u", "postgres", "--", "/bin/sh", "-c", Script, "sh", Binaries!, $"{port}"]
            : ["/bin/sh", "-c", Script, "sh", Binaries!, $"{port}"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var server = Process.Start(start)!;
        await server.StandardInput.WriteLineAsync(password);
        await server.StandardInput.FlushAsync();
        _running = server;

        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres";
        await WaitUntilReadyAsync(server, connectionString);
        return connectionString;
    }

    private static async Task WaitUntilReadyAsync(Process server, string connectionString)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (server.HasExited) break;

            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        throw new InvalidOperationException($"The PostgreSQL of {Binaries} did not start within 30 seconds.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindBinaries()
    {
        const string debian = "/usr/lib/postgresql";
        if (!Directory.Exists(debian)) return null;

        return Directory.EnumerateDirectories(debian)
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .OrderByDescending(folder => folder, StringComparer.Ordinal)
            .FirstOrDefault();
    }
}
