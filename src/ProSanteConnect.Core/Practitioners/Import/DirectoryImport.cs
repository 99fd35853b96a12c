using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Brings the directory to what an extract says. It reads and compares first, and writes only what differs, in one transaction:
/// until its commit everybody sees the old directory, and a second run writes nothing.
/// </summary>
public sealed class DirectoryImport(PscDbFactory databases, TimeProvider clock)
{
    /// <summary>A full extract may leave out one in five; more looks like a broken file (security-checklist R25).</summary>
    private const double LargestShrink = 0.2;

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Reads the extract once, from its beginning to its end; it need not be seekable.</summary>
    /// <exception cref="OperationCanceledException">Nothing was changed.</exception>
    public async Task<DirectoryImportResult> RunAsync(Stream extract, DirectoryImportOptions options, CancellationToken ct)
    {
        await using var db = databases.Create();
        db.Database.SetCommandTimeout(CommandTimeout);
        using var staging = new Staging();

        var result = await RunAsync(db, staging, extract, options, ct);
        if (result is not DirectoryImportResult.Imported)
        {
            db.Journal.Add(DirectoryJournal.Refused(result, options.Actor, clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }

        return result;
    }

    private async Task<DirectoryImportResult> RunAsync(
        PscDb db, Staging staging, Stream extract, DirectoryImportOptions options, CancellationToken ct)
    {
        var reading = new ExtractReading(staging, options);
        if (reading.Run(extract, ct) is { } unreadable) return unreadable;

        var revision = await DirectoryRevision.ReadAsync(db, ct);
        var comparison = new DirectoryComparison(db, staging, reading.Header, options);
        await comparison.CompareAsync(ct);

        // A line that does not say of whom it speaks may be the only one about somebody.
        var scope = options.Scope ?? (reading.Header.Format == ExtractFormat.Restricted ? ExtractScope.Full : ExtractScope.Partial);
        var suspended = scope == ExtractScope.Full && reading.NamelessLines > 0;
        if (scope == ExtractScope.Full && !suspended)
        {
            await comparison.FindDelistedAsync(ct);
            if (!options.AllowShrink && comparison.Delisted > comparison.Listed * LargestShrink)
            {
                return new DirectoryImportResult.Shrunken(comparison.Listed, comparison.Delisted);
            }
        }

        var imported = new DirectoryImportResult.Imported
        {
            Format = reading.Header.Format,
            Scope = scope,
            Lines = reading.Lines,
            RefusedLines = reading.RefusedLines,
            Remarks = reading.Remarks + comparison.Remarks,
            Created = comparison.Created,
            Updated = comparison.Updated,
            Unchanged = comparison.Unchanged,
            Delisted = comparison.Delisted,
            LeftAsTheyWere = staging.CountRefused(),
            DelistingSuspended = suspended,
        };
        var writing = new DirectoryWriting(db, staging, options, clock.GetUtcNow());
        return await writing.TryRunAsync(imported, revision, ct) ? imported : new DirectoryImportResult.ChangedMeanwhile();
    }
}

public sealed record DirectoryImportOptions
{
    /// <summary>Who imports, for the journal.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// Whether the file lists everybody. When not said: the restricted extract does; the public one does not, because it leaves out
    /// students, soldiers and employees.
    /// </summary>
    public ExtractScope? Scope { get; init; }

    /// <summary>Takes a full extract even though it leaves out more than a fifth of those listed now.</summary>
    public bool AllowShrink { get; init; }

    /// <summary>Called for each remark, in the order in which they are found.</summary>
    public Action<LineRemark>? OnRemark { get; init; }

    public IProgress<DirectoryImportProgress>? Progress { get; init; }
}

public enum ExtractScope
{
    /// <summary>The file lists everybody: whoever it leaves out is delisted.</summary>
    Full,

    /// <summary>The file says nothing about whoever it leaves out.</summary>
    Partial,
}

public enum DirectoryImportStep
{
    /// <summary>Counted in bytes of the file.</summary>
    Reading,

    /// <summary>Counted in persons.</summary>
    Comparing,

    /// <summary>Counted in persons that change.</summary>
    Writing,
}

public readonly record struct DirectoryImportProgress(DirectoryImportStep Step, long Done, long Total);

public abstract record DirectoryImportResult
{
    private DirectoryImportResult() { }

    public sealed record Imported : DirectoryImportResult
    {
        public required ExtractFormat Format { get; init; }
        public required ExtractScope Scope { get; init; }

        /// <summary>Lines of the file after the header, blank ones left out.</summary>
        public required long Lines { get; init; }

        public required long RefusedLines { get; init; }

        /// <summary>Remarks on lines that were taken: without a doubtful value, or with a wrong key.</summary>
        public required long Remarks { get; init; }

        public required int Created { get; init; }
        public required int Updated { get; init; }
        public required int Unchanged { get; init; }
        public required int Delisted { get; init; }

        /// <summary>Persons left as they were, because a line about them was refused: nobody is half known.</summary>
        public required int LeftAsTheyWere { get; init; }

        /// <summary>Nobody was delisted, because a refused line does not say of whom it speaks.</summary>
        public required bool DelistingSuspended { get; init; }
    }

    /// <summary>The first line is not the header of a known extract.</summary>
    public sealed record HeaderUnknown : DirectoryImportResult;

    public sealed record ColumnsMissing(ExtractFormat Format, IReadOnlyList<string> Columns) : DirectoryImportResult;

    public sealed record ColumnRepeated(string Column) : DirectoryImportResult;

    /// <summary>The last line stops in its middle: so did the transfer of the file.</summary>
    public sealed record FileCut(long Line) : DirectoryImportResult;

    /// <summary>No line could be taken.</summary>
    public sealed record NothingListed(long RefusedLines) : DirectoryImportResult;

    /// <summary>More than a fifth of those listed now would be delisted.</summary>
    public sealed record Shrunken(int Listed, int Vanishing) : DirectoryImportResult;

    /// <summary>Another import wrote while this one compared.</summary>
    public sealed record ChangedMeanwhile : DirectoryImportResult;
}
