using System.Diagnostics;
using System.Globalization;
using ProSanteConnect.Core.Practitioners.Import;

namespace ProSanteConnect.Tools.DirectoryCommands;

/// <summary>What an operator reads of an import, in French.</summary>
internal static class ImportText
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static string Of(DirectoryImportResult refusal) => refusal switch
    {
        DirectoryImportResult.HeaderUnknown =>
            "Fichier refusé : sa première ligne n'est pas l'en-tête d'une extraction de l'annuaire santé.",
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
            "Rien n'a été écrit : un autre import a modifié l'annuaire pendant celui-ci ; relancez la commande.",
        var other => throw new UnreachableException($"Import result {other}"),
    };

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
        LineFault.NationalIdContradicted => "identifiant national différent de son type et de son numéro",
        LineFault.TooManyLines => "trop de lignes pour une même personne",
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
