using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProSanteConnect.Core.Practitioners.Import;
using Spectre.Console;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary>Collects the remarks of an import: all of them in a report file if one is requested; counts and the first few in memory.</summary>
internal sealed class ImportReport(string? path) : IDisposable
{
    public const int FirstCount = 10;

    // Spreadsheets need the byte order mark to read accents.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    private readonly StreamWriter? _file = Open(path);
    private readonly List<LineRemark> _first = [];
    private readonly SortedDictionary<LineFault, long> _counts = [];

    public string? Path => path;

    public IReadOnlyList<LineRemark> First => _first;

    public IReadOnlyDictionary<LineFault, long> Counts => _counts;

    public void Add(LineRemark remark)
    {
        _counts[remark.Fault] = _counts.GetValueOrDefault(remark.Fault) + 1;
        if (_first.Count < FirstCount) _first.Add(remark);
        _file?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{remark.Line};{(remark.Refused ? "refusée" : "acceptée")};{ImportText.Of(remark.Fault)};{remark.Column}"));
    }

    public void Dispose() => _file?.Dispose();

    private static StreamWriter? Open(string? path)
    {
        if (path is null) return null;

        var file = new StreamWriter(path, append: false, Encoding);
        file.WriteLine("ligne;suite;raison;colonne");
        return file;
    }
}

/// <summary>Prints the result of an import.</summary>
internal static class ImportSummary
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static int Show(IAnsiConsole console, DirectoryImportResult.Imported imported, ImportReport report)
    {
        console.WriteLine($"Annuaire importé : {ImportText.Of(imported.Format)}, {ImportText.Of(imported.Scope)}.");
        console.Write(Counts(imported));
        if (imported.FollowsInterruption) console.WriteLine("L'import précédent avait été interrompu ; celui-ci l'a complété.");
        if (imported.WaitingRemovals > 0) console.WriteLine(ImportText.OfWaiting(imported));

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
        if (imported.WaitingRemovals > 0) Add("Retraits en attente", imported.WaitingRemovals);
        if (imported.SkippedPersons > 0) Add("Personnes laissées telles quelles (ligne refusée)", imported.SkippedPersons);
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

/// <summary>The French texts of an import.</summary>
internal static class ImportText
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static string Of(DirectoryImportResult refusal) => refusal switch
    {
        DirectoryImportResult.HeaderUnknown =>
            "Fichier refusé : sa première ligne n'est pas l'en-tête d'une extraction de l'annuaire santé ; donnez le fichier Personne_activite (texte, zip ou gzip) tel qu'il a été téléchargé.",
        DirectoryImportResult.ArchiveDamaged =>
            "Fichier refusé : l'archive est abîmée ou chiffrée ; téléchargez-la de nouveau, ou décompressez-la et donnez le fichier texte.",
        DirectoryImportResult.ArchiveAmbiguous(var files) =>
            $"Fichier refusé : l'archive contient {files.ToString("N0", French)} fichiers, dont pas exactement un Personne_activite ; décompressez-la et donnez ce fichier.",
        DirectoryImportResult.UnpackedTooLong =>
            "Fichier refusé : l'archive contient plus de 4 Gio ; décompressez-la et vérifiez ce qu'elle contient.",
        DirectoryImportResult.ColumnsMissing(var format, var columns) =>
            $"Fichier refusé : il manque à l'en-tête ({Of(format)}) {(columns.Count == 1 ? "la colonne" : "les colonnes")} {string.Join(", ", columns.Select(c => $"« {c} »"))}.",
        DirectoryImportResult.ColumnRepeated(var column) =>
            $"Fichier refusé : l'en-tête donne deux fois la colonne « {column} ».",
        DirectoryImportResult.FileCut(var line) =>
            $"Fichier refusé : il s'arrête au milieu de la ligne {line.ToString(French)} ; téléchargez-le de nouveau.",
        DirectoryImportResult.NothingListed(var lines) =>
            $"Fichier refusé : aucune ligne n'a pu être prise ({lines.ToString("N0", French)} refusées).",
        DirectoryImportResult.Shrunken(var listed, var vanishing) =>
            $"Fichier refusé : {vanishing.ToString("N0", French)} des {listed.ToString("N0", French)} personnes de l'annuaire n'y sont plus ; si c'est voulu, ajoutez --allow-shrink.",
        DirectoryImportResult.ChangedMeanwhile =>
            "Import arrêté : un autre import a modifié l'annuaire pendant celui-ci ; relancez la commande.",
        DirectoryImportResult.Interrupted(var written, var total) =>
            $"Interrompu : {written.ToString("N0", French)} personnes sur {total.ToString("N0", French)} sont écrites, chacune en entier ; relancez la commande pour écrire les autres.",
        var other => throw new UnreachableException($"Import result {other}"),
    };

    public static string OfWaiting(DirectoryImportResult.Imported imported)
    {
        var count = imported.WaitingRemovals.ToString("N0", French);
        var reason = imported.DelistingSuspended ? "une ligne refusée ne dit pas de qui elle parle" : "c'est plus que d'habitude";
        return $"Personne n'a été retiré : le fichier ne liste plus {count} personne(s), mais {reason}. Vérifiez le fichier, puis relancez avec --confirm-removals.";
    }

    public static string Of(LineRemark remark) =>
        $"{(remark.Refused ? "refusée, " : "")}{Of(remark.Fault)}{(remark.Column.Length > 0 ? $" (« {remark.Column} »)" : "")}";

    public static string Of(LineFault fault) => fault switch
    {
        LineFault.TooLong => "ligne trop longue",
        LineFault.NotUtf8 => "ligne qui n'est pas en UTF-8",
        LineFault.ControlCharacter => "caractère de contrôle",
        LineFault.TooFewColumns => "colonnes manquantes",
        LineFault.TooManyColumns => "colonnes en trop",
        LineFault.FieldTooLong => "valeur trop longue",
        LineFault.NationalIdMissing => "identifiant national absent",
        LineFault.NationalIdUnknown => "identifiant national de forme inconnue",
        LineFault.NationalIdWrongLength =>
            "identifiant national de longueur fausse (RPPS : 11 chiffres, ADELI : 9 caractères)",
        LineFault.NationalIdContradicted => "identifiant national différent de son type et de son numéro",
        LineFault.TooManyLines => "trop de lignes pour une même personne",
        LineFault.NameVanished => "nom disparu : la personne est gardée telle quelle",
        LineFault.WrongLuhnKey => "clé de Luhn fausse",
        LineFault.BirthDateUnreadable => "date de naissance illisible, ignorée",
        LineFault.PhoneUnreadable => "numéro de téléphone illisible, ignoré",
        LineFault.EmailUnreadable => "adresse e-mail illisible, ignorée",
        LineFault.AlternativeIdentifierUnreadable => "autre identifiant illisible, ignoré",
        LineFault.LinesDisagree => "valeur différente d'une autre ligne de la même personne",
        var other => throw new UnreachableException($"Line fault {other}"),
    };

    public static string Of(ExtractFormat format) => format switch
    {
        ExtractFormat.Restricted => "extraction restreinte",
        ExtractFormat.Public => "fichier en libre accès",
        var other => throw new UnreachableException($"Extract format {other}"),
    };

    public static string Of(ExtractScope scope) => scope switch
    {
        ExtractScope.Full => "complet",
        ExtractScope.Partial => "partiel",
        var other => throw new UnreachableException($"Extract scope {other}"),
    };
}
