using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Practitioners.Import;
using Spectre.Console;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary><c>psc import-directory FILE</c>: synchronizes the directory with an extract.</summary>
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

    private static readonly Option<bool> ConfirmRemovals = new("--confirm-removals")
    {
        Description = "retire aussi les personnes dont le retrait attend une confirmation",
    };

    private static readonly Option<bool> Scheduled = new("--scheduled")
    {
        Description = "tâche planifiée : les retraits en attente sont faits si le passage suivant trouve les mêmes absents",
    };

    private static readonly Option<double> RemovalLimit = new("--removal-limit")
    {
        Description = "part des personnes de l'annuaire, en %, retirée sans confirmation (5 personnes au moins)",
        HelpName = "POURCENT",
        DefaultValueFactory = _ => 0.5,
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
            Extract, Full, Partial, AllowShrink, ConfirmRemovals, Scheduled, RemovalLimit, Report,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Full) && result.GetValue(Partial)) result.AddError("--full et --partial s'excluent.");
            if (result.GetValue(RemovalLimit) is not (>= 0 and <= 100)) result.AddError("--removal-limit est un pourcentage de 0 à 100.");
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
            return parsed.Refuse("Interrompu avant la première écriture : l'annuaire n'a pas changé.");
        }
    }

    private static DirectoryImportOptions Options(ParseResult parsed, ImportReport report, IProgress<DirectoryImportProgress> progress) => new()
    {
        Actor = Operator.Actor,
        Scope = parsed.GetValue(Full) ? ExtractScope.Full : parsed.GetValue(Partial) ? ExtractScope.Partial : null,
        AllowShrink = parsed.GetValue(AllowShrink),
        ConfirmRemovals = parsed.GetValue(ConfirmRemovals),
        Scheduled = parsed.GetValue(Scheduled),
        UnconfirmedShare = parsed.GetValue(RemovalLimit) / 100,
        OnRemark = report.Add,
        Progress = progress,
    };
}

/// <summary>Progress bars, one for each step of an import.</summary>
internal static class ImportProgressBar
{
    public static Task<DirectoryImportResult> ShowAsync(
        IAnsiConsole console, Func<IProgress<DirectoryImportProgress>, Task<DirectoryImportResult>> import) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => import(new Bars(context)));

    // Called synchronously on the importing thread (unlike Progress<T>), so that no report arrives after the end.
    private sealed class Bars(ProgressContext context) : IProgress<DirectoryImportProgress>
    {
        private readonly Dictionary<DirectoryImportStep, ProgressTask> _bars = [];

        public void Report(DirectoryImportProgress value)
        {
            if (!_bars.TryGetValue(value.Step, out var bar)) _bars.Add(value.Step, bar = context.AddTask(NameOf(value.Step)));

            bar.MaxValue = Math.Max(value.Total, 1);
            bar.Value = Math.Min(value.Total == 0 ? 1 : value.Done, bar.MaxValue);
        }

        private static string NameOf(DirectoryImportStep step) => step switch
        {
            DirectoryImportStep.Reading => "Lecture",
            DirectoryImportStep.Comparing => "Comparaison",
            DirectoryImportStep.Writing => "Écriture",
            var other => throw new UnreachableException($"Step {other}"),
        };
    }
}
