using System.CommandLine;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary><c>psc import-directory FILE</c>: brings the directory of the database to what an extract says.</summary>
internal static class ImportDirectoryCommand
{
    private static readonly Argument<FileInfo> Extract = new Argument<FileInfo>("FICHIER")
    {
        Description = "Extraction_ProSanteConnect_Personne_activite (49 ou 51 colonnes) ou PS_LibreAcces_Personne_activite (56 colonnes)",
    }.AcceptExistingOnly();

    private static readonly Option<bool> Full = new("--full")
    {
        Description = "le fichier liste tout le monde : les absents sont retirés (par défaut pour l'extraction restreinte)",
    };

    private static readonly Option<bool> Partial = new("--partial")
    {
        Description = "le fichier ne dit rien des absents : personne n'est retiré (par défaut pour le fichier en libre accès)",
    };

    private static readonly Option<bool> AllowShrink = new("--allow-shrink")
    {
        Description = "accepte que plus d'une personne sur cinq soit retirée",
    };

    private static readonly Option<FileInfo?> Report = new("--report")
    {
        Description = "écrit chaque ligne refusée ou douteuse, avec sa raison, dans ce fichier (CSV)",
        HelpName = "FICHIER",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("import-directory", "charge l'annuaire santé depuis une extraction ; peut être relancé sans crainte")
        {
            Extract, Full, Partial, AllowShrink, Report,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Full) && result.GetValue(Partial)) result.AddError("--full et --partial s'excluent.");
        });
        command.SetDatabaseAction((database, parsed, ct) => RunAsync(database, clock, parsed, ct));
        return command;
    }

    private static async Task<int> RunAsync(ToolDatabase database, TimeProvider clock, ParseResult parsed, CancellationToken ct)
    {
        await using var extract = new FileStream(
            parsed.GetRequiredValue(Extract).FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var report = new ImportReport(parsed.GetValue(Report)?.FullName);
        try
        {
            var result = await ImportProgressBar.ShowAsync(parsed.Error(), progress =>
                new DirectoryImport(database.Factory, clock).RunAsync(extract, Options(parsed, report, progress), ct));
            return result is DirectoryImportResult.Imported imported
                ? ImportSummary.Show(parsed.Output(), imported, report)
                : parsed.Refuse(ImportText.Of(result));
        }
        catch (OperationCanceledException)
        {
            return parsed.Refuse("Interrompu : l'annuaire n'a pas changé.");
        }
    }

    private static DirectoryImportOptions Options(ParseResult parsed, ImportReport report, IProgress<DirectoryImportProgress> progress) => new()
    {
        Actor = Operator.Actor,
        Scope = parsed.GetValue(Full) ? ExtractScope.Full : parsed.GetValue(Partial) ? ExtractScope.Partial : null,
        AllowShrink = parsed.GetValue(AllowShrink),
        OnRemark = report.Add,
        Progress = progress,
    };
}
