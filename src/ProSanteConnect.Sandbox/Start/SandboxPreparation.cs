using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Sandbox.Practitioners;
using ProSanteConnect.Server.Start;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>
/// Creates what is missing in the data folder (migrations, master key, directory import, test PKI, clients.json) with the code that
/// operators use.
/// </summary>
public static class SandboxPreparation
{
    /// <exception cref="SandboxCannotStartException">The database has another version, or a clients.json is invalid.</exception>
    public static async Task<PreparedSandbox> PrepareAsync(SandboxArguments arguments, TimeProvider clock, CancellationToken ct)
    {
        var folder = new SandboxFolder(arguments.DataFolder);
        Directory.CreateDirectory(folder.FullPath);
        var masterKey = MasterKey.FromFile(folder.MasterKey, createWhenMissing: true);
        var database = arguments.Database ?? DatabaseOf(folder);
        var databases = DatabaseSetup.Open(database);
        await MigrateAsync(databases, database, folder, clock, ct);

        var now = clock.GetUtcNow();
        var practitioners = await ImportPractitionersAsync(databases, clock, ct);
        await ApplyClientsAsync(databases, folder, now, ct);
        await OwnClients.EnsureAsync(new Clients(databases), WalletsOf(arguments), now, ct);

        var pkiFolder = new TestPkiFolder(folder.Certificates);
        var pki = pkiFolder.OpenOrCreate(pkiFolder.Exists ? [] : await SandboxPki.FirstHolderAsync(databases, ct), now);
        pkiFolder.SaveCrls(pki, now);
        var server = pkiFolder.OpenOrIssueServer(pki, [.. arguments.Names, "127.0.0.1"], now);
        await File.WriteAllTextAsync(folder.TrustedRoot, pki.Authorities[2].Certificate.ExportCertificatePem() + "\n", ct);
        return new PreparedSandbox(arguments, folder, database, masterKey, new SandboxPki(pki, pkiFolder, databases, clock), server, practitioners);
    }

    private static DatabaseOptions DatabaseOf(SandboxFolder folder) => new()
    {
        Provider = DatabaseProvider.Sqlite,
        ConnectionString = $"Data Source={folder.Database}",
        CommandTimeout = TimeSpan.FromSeconds(5),
    };

    private static IEnumerable<string> WalletsOf(SandboxArguments arguments) =>
    [
        $"http://localhost:{arguments.HttpPort}",
        .. arguments.Names.Select(name => arguments.HttpsPort == 443 ? $"https://{name}" : $"https://{name}:{arguments.HttpsPort}"),
    ];

    private static async Task MigrateAsync(PscDbFactory databases, DatabaseOptions database, SandboxFolder folder, TimeProvider clock, CancellationToken ct)
    {
        switch (await databases.BringUpToDateAsync(database, SayWaiting, clock, ct))
        {
            case MigrationResult.Newer:
                throw new SandboxCannotStartException(
                    $"La base de « {folder.FullPath} » vient d'une version plus récente de ProSanteConnect : mettez ce programme à jour, ou choisissez un autre dossier avec --data.");
            case MigrationResult.Unsupported:
                throw new SandboxCannotStartException(
                    $"La base de « {folder.FullPath} » vient d'une version de développement de ProSanteConnect et ne peut pas être mise à jour : supprimez ce dossier, puis relancez.");
            case MigrationResult.Busy:
                throw new SandboxCannotStartException(
                    $"Un autre programme prépare la base de « {folder.FullPath} » depuis une minute : arrêtez-le, ou choisissez un autre dossier avec --data.");
        }
    }

    private static void SayWaiting() => Console.WriteLine("Un autre programme prépare la base ; j'attends qu'il ait fini, une minute au plus.");

    private static async Task<int> ImportPractitionersAsync(PscDbFactory databases, TimeProvider clock, CancellationToken ct)
    {
        var imported = await FictionalPractitioners.LoadAsync(databases, clock, ct);
        return imported.Created + imported.Updated + imported.Unchanged;
    }

    private static async Task ApplyClientsAsync(PscDbFactory databases, SandboxFolder folder, DateTimeOffset now, CancellationToken ct)
    {
        var clients = new Clients(databases);
        await ApplyAsync(Path.Combine(AppContext.BaseDirectory, "clients.json"), clients, now, ct);
        if (File.Exists(folder.Clients)) await ApplyAsync(folder.Clients, clients, now, ct);
    }

    private static async Task ApplyAsync(string path, Clients clients, DateTimeOffset now, CancellationToken ct)
    {
        if (await ClientsFile.ApplyAsync(path, clearSecretsAllowed: true, clients, now, ct) is ClientsFileResult.Refused refused)
            throw new SandboxCannotStartException($"{path} : {string.Join(' ', refused.Sentences)}");
    }
}

/// <summary>A prepared data folder: database, keys, test PKI, practitioners and relying parties.</summary>
public sealed record PreparedSandbox(
    SandboxArguments Arguments, SandboxFolder Folder, DatabaseOptions Database, MasterKey MasterKey, SandboxPki Pki, ServerCertificate ServerCertificate, int Practitioners);

/// <summary>The sandbox cannot start; the message is one French sentence for the console.</summary>
public sealed class SandboxCannotStartException(string sentence) : Exception(sentence);
