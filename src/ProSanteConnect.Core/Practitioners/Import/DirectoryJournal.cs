using System.Diagnostics;
using System.Globalization;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>What the journal keeps of an import.</summary>
internal static class DirectoryJournal
{
    public static JournalEntry Imported(DirectoryImportResult.Imported imported, string actor, DateTimeOffset now) =>
        Entry(JournalOutcome.Success, actor, now, string.Create(
            CultureInfo.InvariantCulture,
            $"format={imported.Format} scope={imported.Scope} created={imported.Created} updated={imported.Updated} unchanged={imported.Unchanged} delisted={imported.Delisted} refused-lines={imported.RefusedLines}"));

    public static JournalEntry Refused(DirectoryImportResult refusal, string actor, DateTimeOffset now) =>
        Entry(JournalOutcome.Refused, actor, now, refusal switch
        {
            DirectoryImportResult.HeaderUnknown => "header-unknown",
            DirectoryImportResult.ColumnsMissing => "columns-missing",
            DirectoryImportResult.ColumnRepeated => "column-repeated",
            DirectoryImportResult.FileCut => "file-cut",
            DirectoryImportResult.NothingListed => "nothing-listed",
            DirectoryImportResult.Shrunken => "shrunken",
            DirectoryImportResult.ChangedMeanwhile => "changed-meanwhile",
            var other => throw new UnreachableException($"Import result {other}"),
        });

    private static JournalEntry Entry(JournalOutcome outcome, string actor, DateTimeOffset now, string detail) => new()
    {
        At = now,
        Event = JournalEvent.DirectoryImported,
        Outcome = outcome,
        Detail = detail,
        Actor = actor,
    };
}
