using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Tools;

/// <summary>The options for the database, valid before or after the subcommand's own options.</summary>
internal static class DatabaseArguments
{
    public const string DatabaseFile = "prosanteconnect.db";
    public const string MasterKeyFile = "master.key";

    /// <summary>The default data folder of the sandbox, used when nothing else names a database.</summary>
    public const string SandboxFolder = "sandbox-data";

    private static readonly Option<DirectoryInfo?> Data = new("--data")
    {
        Description = $"dossier de données du serveur ou du bac à sable ({DatabaseFile}, {MasterKeyFile}) ; sinon {SandboxFolder}, s'il est là",
        HelpName = "DOSSIER",
        Recursive = true,
    };

    private static readonly Option<DatabaseProvider?> Provider = new("--provider")
    {
        Description = "Sqlite, PostgreSql ou SqlServer ; sinon la variable Database__Provider, comme le serveur",
        Recursive = true,
    };

    private static readonly Option<string?> Connection = new("--connection")
    {
        Description = "chaîne de connexion ADO.NET ; mieux : la variable Database__ConnectionString, que ps ne montre pas",
        HelpName = "CHAÎNE",
        Recursive = true,
    };

    private static readonly Option<FileInfo?> MasterKey = new("--master-key")
    {
        Description = $"fichier de la clé maîtresse ; sinon {MasterKeyFile} du dossier de données ou la variable Keys__MasterKeyFile",
        HelpName = "FICHIER",
        Recursive = true,
    };

    private static readonly Option<bool> Migrate = new("--migrate")
    {
        Description = "crée la base ou la met à la version de cet outil",
        Recursive = true,
    };

    public static void AddTo(RootCommand psc)
    {
        psc.Options.Add(Data);
        psc.Options.Add(Provider);
        psc.Options.Add(Connection);
        psc.Options.Add(MasterKey);
        psc.Options.Add(Migrate);
    }

    public static bool MayMigrate(ParseResult parsed) => parsed.GetValue(Migrate);

    /// <summary>The database options; null when neither the command line nor the environment names a database.</summary>
    public static DatabaseOptions? Read(ParseResult parsed)
    {
        if (DataFolder(parsed) is { } folder)
        {
            return Options(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, DatabaseFile)}");
        }

        if (NamedConnection(parsed) is not { } connection) return null;

        var provider = parsed.GetValue(Provider)
            ?? (Enum.TryParse<DatabaseProvider>(Variable("Database__Provider"), ignoreCase: true, out var named) ? named : DatabaseProvider.Sqlite);
        return Options(provider, connection);
    }

    /// <summary>The path of the master key file; null when nothing names one.</summary>
    public static string? MasterKeyPath(ParseResult parsed) =>
        parsed.GetValue(MasterKey)?.FullName
        ?? (parsed.GetValue(Data) is { } named ? Path.Combine(named.FullName, MasterKeyFile) : null)
        ?? Variable("Keys__MasterKeyFile")
        ?? (DataFolder(parsed) is { } folder ? Path.Combine(folder.FullName, MasterKeyFile) : null);

    private static string? NamedConnection(ParseResult parsed) => parsed.GetValue(Connection) ?? Variable("Database__ConnectionString");

    // A developer runs psc where the sandbox was started.
    private static DirectoryInfo? DataFolder(ParseResult parsed) =>
        parsed.GetValue(Data)
        ?? (NamedConnection(parsed) is null && File.Exists(Path.Combine(SandboxFolder, DatabaseFile)) ? new DirectoryInfo(SandboxFolder) : null);

    // Commands are not interactive, so they have a longer time limit than a page.
    private static DatabaseOptions Options(DatabaseProvider provider, string connection) =>
        new() { Provider = provider, ConnectionString = connection, CommandTimeout = TimeSpan.FromSeconds(30) };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>Runs a command with the open database; refuses when it cannot be opened.</summary>
internal static class DatabaseCommand
{
    public static void SetDatabaseAction(this Command command, Func<ToolDatabase, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, ct) =>
        {
            switch (await ToolDatabase.OpenAsync(parsed, ct))
            {
                case OpeningResult.Opened(var database):
                    return await run(database, parsed, ct);
                case OpeningResult.Unnamed(var sentence):
                    parsed.Refuse(sentence);
                    return ExitCode.Misused;
                case OpeningResult.Unusable(var sentence):
                    return parsed.Refuse(sentence);
                case var other:
                    throw new UnreachableException($"Opening result {other}");
            }
        });
}
