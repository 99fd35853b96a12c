using System.Globalization;
using ProSanteConnect.Core.Practitioners.Import;
using Spectre.Console;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary>What an import did, on one screen.</summary>
internal static class ImportSummary
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static int Show(IAnsiConsole console, DirectoryImportResult.Imported imported, ImportReport report)
    {
        console.WriteLine($"Annuaire importé : {ImportText.Of(imported.Format)}, {ImportText.Of(imported.Scope)}.");
        console.Write(Counts(imported));
        if (imported.DelistingSuspended)
        {
            console.WriteLine("Personne n'a été retiré : une ligne refusée ne dit pas de qui elle parle.");
        }

        if (report.Counts.Count > 0) ShowRemarks(console, report);
        return ExitCode.Done;
    }

    private static Grid Counts(DirectoryImportResult.Imported imported)
    {
        var grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        Add("Lignes lues", imported.Lines);
        Add("Lignes refusées", imported.RefusedLines);
        Add("Personnes créées", imported.Created);
        Add("Personnes modifiées", imported.Updated);
        Add("Personnes inchangées", imported.Unchanged);
        Add("Personnes retirées", imported.Delisted);
        if (imported.LeftAsTheyWere > 0) Add("Personnes laissées telles quelles (ligne refusée)", imported.LeftAsTheyWere);
        return grid;

        void Add(string label, long count) => grid.AddRow(new Text(label), new Text(count.ToString("N0", French)));
    }

    private static void ShowRemarks(IAnsiConsole console, ImportReport report)
    {
        console.WriteLine("Remarques :");
        foreach (var (fault, count) in report.Counts) console.WriteLine($"  {count.ToString("N0", French)} × {ImportText.Of(fault)}");

        if (report.Path is { } path)
        {
            console.WriteLine($"Ligne par ligne : {path}");
            return;
        }

        foreach (var remark in report.First) console.WriteLine($"  ligne {remark.Line.ToString(French)} : {ImportText.Of(remark)}");
        if (report.Counts.Values.Sum() > report.First.Count) console.WriteLine("  … toutes les lignes : --report FICHIER");
    }
}
