using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Tools.BackupCommands;

/// <summary><c>psc backup</c>: one file with the whole database, also while the server runs. The master key is not in it.</summary>
internal static class BackupCommand
{
    private static readonly Argument<FileInfo> Target = new("FICHIER") { Description = "le fichier à créer ; il ne doit pas exister" };

    public static Command Create()
    {
        var command = new Command("backup", "sauvegarde la base dans un fichier, serveur en marche ou non ; la clé maîtresse se garde ailleurs") { Target };
        command.SetDatabaseAction((database, parsed, ct) => RunAsync(database.Options, parsed, parsed.GetValue(Target)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(DatabaseOptions database, ParseResult parsed, FileInfo target, CancellationToken ct)
    {
        if (target.Exists) return parsed.Refuse($"{target.FullName} existe déjà : une sauvegarde n'en remplace pas une autre.");

        var sentence = database.Provider switch
        {
            DatabaseProvider.Sqlite => await SqliteBackup.SaveAsync(database, target, ct),
            DatabaseProvider.PostgreSql => await PostgresBackup.SaveAsync(database, target, ct),
            _ => "SQL Server sauvegarde lui-même : BACKUP DATABASE … TO DISK (voir le guide de l'exploitant).",
        };
        if (sentence is not null) return parsed.Refuse(sentence);

        target.Refresh();
        parsed.InvocationConfiguration.Output.WriteLine($"Sauvegarde faite : {target.FullName} ({target.Length / 1024 + 1} Kio).");
        return ExitCode.Done;
    }
}

/// <summary><c>psc restore</c>: fills the named database from a backup.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<FileInfo> Source = new("FICHIER") { Description = "le fichier que « psc backup » a fait" };
    private static readonly Option<bool> Replace = new("--replace") { Description = "remplace la base qui existe déjà" };

    public static Command Create()
    {
        var command = new Command("restore", "remet une sauvegarde en place, serveur arrêté") { Source, Replace };
        command.SetAction(async (parsed, ct) =>
        {
            if (DatabaseArguments.Read(parsed) is not { } database)
            {
                parsed.Refuse("Quelle base ? Indiquez --data DOSSIER, ou --connection CHAÎNE avec --provider.");
                return ExitCode.Misused;
            }

            var source = parsed.GetValue(Source)!;
            if (!source.Exists) return parsed.Refuse($"{source.FullName} n'existe pas.");

            var sentence = database.Provider switch
            {
                DatabaseProvider.Sqlite => await SqliteBackup.RestoreAsync(database, source, parsed.GetValue(Replace), ct),
                DatabaseProvider.PostgreSql => await PostgresBackup.RestoreAsync(database, source, parsed.GetValue(Replace), ct),
                _ => "SQL Server restaure lui-même : RESTORE DATABASE … FROM DISK (voir le guide de l'exploitant).",
            };
            if (sentence is not null) return parsed.Refuse(sentence);

            parsed.InvocationConfiguration.Output.WriteLine("La sauvegarde est en place. Démarrez le serveur avec la clé maîtresse de cette base.");
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>SQLite by its online backup, which copies a consistent state while others write.</summary>
internal static class SqliteBackup
{
    /// <summary>Copies the database into a new file; returns a refusal, or null.</summary>
    public static async Task<string?> SaveAsync(DatabaseOptions database, FileInfo target, CancellationToken ct)
    {
        var unfinished = target.FullName + ".new";
        OwnersFile.Create(unfinished);
        await using (var from = new SqliteConnection(database.ConnectionString))
        await using (var to = new SqliteConnection($"Data Source={unfinished};Pooling=false"))
        {
            await from.OpenAsync(ct);
            await to.OpenAsync(ct);
            from.BackupDatabase(to);
        }

        File.Move(unfinished, target.FullName);
        return null;
    }

    /// <summary>Puts a checked copy of the file in the place of the database; returns a refusal, or null.</summary>
    public static async Task<string?> RestoreAsync(DatabaseOptions database, FileInfo source, bool replace, CancellationToken ct)
    {
        var target = Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        if (File.Exists(target) && !replace) return $"{target} existe déjà : ajoutez --replace pour la remplacer.";
        if (await FaultOfAsync(source, ct) is { } fault) return $"{source.FullName} n'est pas une sauvegarde entière : {fault}.";
        if (File.Exists(target) && !await IsUnusedAsync(target, ct)) return $"{target} est ouverte par un autre programme : arrêtez d'abord le serveur.";

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = target + ".new";
        OwnersFile.Create(unfinished);
        await using (var from = source.OpenRead())
        await using (var to = new FileStream(unfinished, FileMode.Open, FileAccess.Write))
        {
            await from.CopyToAsync(to, ct);
        }

        // A write-ahead log of the former database would be applied to the restored one.
        File.Delete(target + "-wal");
        File.Delete(target + "-shm");
        File.Move(unfinished, target, overwrite: true);
        return null;
    }

    private static async Task<string?> FaultOfAsync(FileInfo source, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection($"Data Source={source.FullName};Mode=ReadOnly;Pooling=false");
            await connection.OpenAsync(ct);
            await using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(1)";
            if ((string?)await check.ExecuteScalarAsync(ct) is { } result and not "ok") return result;

            check.CommandText = "SELECT count(*) FROM __EFMigrationsHistory";
            return (long)(await check.ExecuteScalarAsync(ct))! > 0 ? null : "elle est vide";
        }
        catch (SqliteException failure)
        {
            return failure.Message;
        }
    }

    private static async Task<bool> IsUnusedAsync(string target, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection($"Data Source={target};Pooling=false;Default Timeout=1");
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            // In WAL mode other connections keep a lock that a change of the journal mode needs.
            command.CommandText = "PRAGMA journal_mode=DELETE";
            return (string?)await command.ExecuteScalarAsync(ct) == "delete";
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}

/// <summary>PostgreSQL by its own programs, which know every version of the server.</summary>
internal static class PostgresBackup
{
    private static readonly string[] Replacing = ["--clean", "--if-exists"];

    public static async Task<string?> SaveAsync(DatabaseOptions database, FileInfo target, CancellationToken ct)
    {
        // Renamed when it is whole: a pg_dump that was killed leaves no file under the name of a backup.
        var unfinished = target.FullName + ".new";
        File.Delete(unfinished);
        OwnersFile.Create(unfinished);
        var sentence = await RunAsync("pg_dump", database, ["--format=custom", "--no-owner", "--no-privileges", $"--file={unfinished}"], ct);
        if (sentence is null) File.Move(unfinished, target.FullName);
        else File.Delete(unfinished);
        return sentence;
    }

    public static Task<string?> RestoreAsync(DatabaseOptions database, FileInfo source, bool replace, CancellationToken ct) => RunAsync(
        "pg_restore",
        database,
        [
            "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", .. replace ? Replacing : [],
            $"--dbname={new NpgsqlConnectionStringBuilder(database.ConnectionString).Database}", source.FullName,
        ],
        ct);

    /// <summary>The TLS policy of the service for libpq, whose own default falls back to plain text.</summary>
    internal static IReadOnlyDictionary<string, string> TlsOf(DatabaseOptions database)
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseSetup.PostgresConnection(database));
        var variables = new Dictionary<string, string>
        {
            ["PGSSLMODE"] = connection.SslMode switch
            {
                SslMode.Disable => "disable",
                SslMode.Allow => "allow",
                SslMode.Prefer => "prefer",
                SslMode.Require => "require",
                SslMode.VerifyCA => "verify-ca",
                _ => "verify-full",
            },
        };
        if (connection.RootCertificate is { Length: > 0 } root) variables["PGSSLROOTCERT"] = root;
        return variables;
    }

    // libpq reads these variables; a password on the command line could be seen by others.
    private static async Task<string?> RunAsync(string program, DatabaseOptions database, IEnumerable<string> arguments, CancellationToken ct)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = $"{connection.Port}";
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        foreach (var (name, value) in TlsOf(database)) start.Environment[name] = value;
        try
        {
            using var running = Process.Start(start)!;
            var error = await running.StandardError.ReadToEndAsync(ct);
            await running.WaitForExitAsync(ct);
            return running.ExitCode == 0 ? null : $"{program} a refusé : {error.Trim()}";
        }
        catch (Win32Exception)
        {
            return $"{program} n'est pas installé ici : installez les programmes clients de PostgreSQL, ou lancez-le là où ils sont (voir le guide de l'exploitant).";
        }
    }
}

internal static class OwnersFile
{
    /// <summary>Creates an empty file that only its owner may read: a backup holds the health directory.</summary>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
    }
}
