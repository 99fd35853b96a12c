using System.CommandLine;
using Microsoft.Data.Sqlite;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Tools;

/// <summary>The database named on the command line; its schema has this tool's version.</summary>
internal sealed class ToolDatabase(DatabaseOptions options, string? masterKeyPath)
{
    private readonly PscDbFactory _factory = DatabaseSetup.Open(options);

    public DatabaseOptions Options => options;

    public PscDbFactory Factory => _factory;

    /// <summary>Creates a context; the caller disposes it.</summary>
    public PscDb Open() => _factory.Create();

    /// <summary>The master key of this database; null when the command line names none or the file is missing.</summary>
    /// <exception cref="FormatException">The file has another content.</exception>
    public MasterKey? MasterKey() => File.Exists(masterKeyPath) ? Core.Security.MasterKey.FromFile(masterKeyPath, createWhenMissing: false) : null;

    /// <summary>Opens the database; the result has a French sentence when it cannot be used.</summary>
    public static async Task<OpeningResult> OpenAsync(ParseResult parsed, CancellationToken ct)
    {
        if (DatabaseArguments.Read(parsed) is not { } options)
        {
            return new OpeningResult.Unnamed("Quelle base ? Indiquez --data DOSSIER, ou --connection CHAÎNE avec --provider.");
        }

        var mayMigrate = DatabaseArguments.MayMigrate(parsed);
        if (MissingFile(options) is { } missing && !mayMigrate)
        {
            return new OpeningResult.Unusable($"La base {missing} n'existe pas ; ajoutez --migrate pour la créer.");
        }

        var database = new ToolDatabase(options, DatabaseArguments.MasterKeyPath(parsed));
        await using var db = database.Open();
        switch (await db.SchemaVersionAsync(ct))
        {
            case SchemaVersion.Newer:
                return new OpeningResult.Unusable("La base vient d'une version plus récente de ProSanteConnect : mettez cet outil à jour.");
            case SchemaVersion.Unsupported:
                return new OpeningResult.Unusable("La base vient d'une version de développement de ProSanteConnect et ne peut pas être mise à jour : créez une base vide.");
            case SchemaVersion.Older when !mayMigrate:
                return new OpeningResult.Unusable("La base vient d'une version plus ancienne de ProSanteConnect : ajoutez --migrate pour la mettre à jour.");
            case SchemaVersion.Older when await database.Factory.BringUpToDateAsync(
                options, () => parsed.InvocationConfiguration.Error.WriteLine("Un autre programme met la base à jour ; attente d'une minute au plus."), TimeProvider.System, ct) is MigrationResult.Busy:
                return new OpeningResult.Unusable("Un autre programme met la base à jour depuis une minute : réessayez quand il aura fini.");
        }

        return new OpeningResult.Opened(database);
    }

    private static string? MissingFile(DatabaseOptions options)
    {
        if (options.Provider != DatabaseProvider.Sqlite) return null;

        var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        return File.Exists(file) ? null : file;
    }
}

internal abstract record OpeningResult
{
    private OpeningResult() { }

    public sealed record Opened(ToolDatabase Database) : OpeningResult;

    /// <summary>The command line names no database.</summary>
    public sealed record Unnamed(string Sentence) : OpeningResult;

    public sealed record Unusable(string Sentence) : OpeningResult;
}
