using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Synchronizes the directory with an extract. Reads and compares first, without holding the writer, then writes only the differences: in
/// one transaction, or on SQLite, which has one writer, in short ones (ADR 0037). A second run writes nothing.
/// </summary>
public sealed class DirectoryImport(PscDbFactory databases, TimeProvider clock)
{
    /// <summary>A full extract may omit at most this share of the listed persons; more suggests a damaged file (security-checklist R25).</summary>
    private const double LargestShrink = 0.2;

    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Reads the extract once; the stream need not be seekable. A refusal is recorded in the journal.</summary>
    /// <exception cref="OperationCanceledException">The import was cancelled before its first change; nothing was changed.</exception>
    public async Task<DirectoryImportResult> RunAsync(Stream extract, DirectoryImportOptions options, CancellationToken ct)
    {
        await using var db = databases.Create();
        db.Database.SetCommandTimeout(CommandTimeout);
        using var staging = new Staging();

        var result = await RunAsync(db, staging, extract, options, ct);
        if (result is not DirectoryImportResult.Imported)
        {
            db.Journal.Add(DirectoryJournal.Refused(result, options.Actor, clock.GetUtcNow()));
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return result;
    }

    private async Task<DirectoryImportResult> RunAsync(
        PscDb db, Staging staging, Stream extract, DirectoryImportOptions options, CancellationToken ct)
    {
        var reading = new ExtractReading(staging, options);
        if (Read(reading, extract, options, ct) is { } unreadable) return unreadable;

        var revision = await DirectoryRevision.ReadAsync(db, ct);
        var unfinished = await UnfinishedImport.ExistsAsync(db, ct);
        var comparison = new DirectoryComparison(db, staging, reading.Header, options);
        await comparison.CompareAsync(ct);

        var scope = options.Scope ?? (reading.Header.Format == ExtractFormat.Restricted ? ExtractScope.Full : ExtractScope.Partial);
        var unidentified = scope == ExtractScope.Full && reading.UnidentifiedLines > 0;
        if (scope == ExtractScope.Full)
        {
            await comparison.FindMissingAsync(ct);
            if (!options.AllowShrink && !unidentified && comparison.Missing > comparison.Listed * LargestShrink)
            {
                return new DirectoryImportResult.Shrunken(comparison.Listed, comparison.Missing);
            }
        }

        var removals = new RemovalDecision(comparison, options, unidentified);
        var wait = await removals.MustWaitAsync(db, ct);

        var imported = new DirectoryImportResult.Imported
        {
            Format = reading.Header.Format,
            Scope = scope,
            Lines = reading.Lines,
            RefusedLines = reading.RefusedLines + comparison.RefusedLines,
            Remarks = reading.Remarks + comparison.Remarks,
            Created = comparison.Created,
            Updated = comparison.Updated,
            Unchanged = comparison.Unchanged,
            Delisted = wait ? 0 : comparison.Missing,
            WaitingRemovals = wait ? comparison.Missing : 0,
            SkippedPersons = staging.CountRefused() + comparison.SkippedPersons,
            DelistingSuspended = unidentified && wait,
            FollowsInterruption = unfinished,
        };
        var writing = new DirectoryWriting(db, staging, options, clock.GetUtcNow()) { WaitingDigest = removals.DigestToKeep(scope, wait) };
        return await writing.RunAsync(imported, revision, ct);
    }

    private static DirectoryImportResult? Read(ExtractReading reading, Stream extract, DirectoryImportOptions options, CancellationToken ct)
    {
        var (text, refusal) = ExtractUnpacking.Open(extract, options.UnpackedAtMost);
        if (text is null) return refusal;

        try
        {
            return reading.Run(text, ct);
        }
        catch (Exception e) when (ExtractUnpacking.RefusalOf(e) is not null)
        {
            return ExtractUnpacking.RefusalOf(e);
        }
    }
}

public sealed record DirectoryImportOptions
{
    /// <summary>The operator who imports, for the journal.</summary>
    public required string Actor { get; init; }

    /// <summary>
    /// Whether the file lists everybody. By default the restricted extract does and the public one does not, because the public one
    /// omits students, soldiers and employees.
    /// </summary>
    public ExtractScope? Scope { get; init; }

    /// <summary>Accepts a full extract even if it omits more than a fifth of the listed persons. False by default.</summary>
    public bool AllowShrink { get; init; }

    /// <summary>
    /// The largest share of the listed persons that is removed without a confirmation, or <see cref="UnconfirmedRemovals"/> persons if
    /// that is more. From 0 to 1; 0.005 (half a percent) by default.
    /// </summary>
    public double UnconfirmedShare { get; init; } = 0.005;

    /// <summary>The number of persons that may always be removed without a confirmation. 5 by default.</summary>
    public int UnconfirmedRemovals { get; init; } = 5;

    /// <summary>Removes all persons that a full extract omits, however many. False by default; <see cref="AllowShrink"/> implies it.</summary>
    public bool ConfirmRemovals { get; init; }

    /// <summary>A scheduled job imports: removals that wait are applied when its next run finds the same missing persons. False by default.</summary>
    public bool Scheduled { get; init; }

    /// <summary>Called for each remark as it is found.</summary>
    public Action<LineRemark>? OnRemark { get; init; }

    public IProgress<DirectoryImportProgress>? Progress { get; init; }

    /// <summary>The most bytes that an archive may contain. 4 GiB by default; the largest real extract has 0.8 GB.</summary>
    public long UnpackedAtMost { get; init; } = 4L << 30;

    internal SliceLimits Slices { get; init; } = SliceLimits.Default;
}

public enum ExtractScope
{
    /// <summary>The file lists everybody: persons that it omits are delisted.</summary>
    Full,

    /// <summary>The file lists a part: persons that it omits stay unchanged.</summary>
    Partial,
}

public enum DirectoryImportStep
{
    /// <summary>Progress in bytes of the file.</summary>
    Reading,

    /// <summary>Progress in persons.</summary>
    Comparing,

    /// <summary>Progress in changed persons.</summary>
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

        /// <summary>Lines after the header, without blank ones.</summary>
        public required long Lines { get; init; }

        public required long RefusedLines { get; init; }

        /// <summary>Remarks on accepted lines: a doubtful value was dropped, or a Luhn key is wrong.</summary>
        public required long Remarks { get; init; }

        public required int Created { get; init; }
        public required int Updated { get; init; }
        public required int Unchanged { get; init; }
        public required int Delisted { get; init; }

        /// <summary>Persons that the file omits, and that stay listed until the removal is confirmed.</summary>
        public required int WaitingRemovals { get; init; }

        /// <summary>Persons left unchanged because a line about them was refused.</summary>
        public required int SkippedPersons { get; init; }

        /// <summary>True when removals wait, whatever their number, because a refused line does not say whom it is about.</summary>
        public required bool DelistingSuspended { get; init; }

        /// <summary>True when an earlier import was interrupted while it wrote; this one has written the rest.</summary>
        public required bool FollowsInterruption { get; init; }
    }

    /// <summary>The zip or gzip archive cannot be read.</summary>
    public sealed record ArchiveDamaged : DirectoryImportResult;

    /// <summary>None or several of the files of a zip archive may be the extract.</summary>
    public sealed record ArchiveAmbiguous(int Files) : DirectoryImportResult;

    /// <summary>The archive contains more than <see cref="DirectoryImportOptions.UnpackedAtMost"/>.</summary>
    public sealed record UnpackedTooLong : DirectoryImportResult;

    /// <summary>The first line is not the header of a known extract.</summary>
    public sealed record HeaderUnknown : DirectoryImportResult;

    public sealed record ColumnsMissing(ExtractFormat Format, IReadOnlyList<string> Columns) : DirectoryImportResult;

    public sealed record ColumnRepeated(string Column) : DirectoryImportResult;

    /// <summary>The last line is incomplete, so the file was truncated.</summary>
    public sealed record FileCut(long Line) : DirectoryImportResult;

    /// <summary>Every line was refused.</summary>
    public sealed record NothingListed(long RefusedLines) : DirectoryImportResult;

    /// <summary>More than a fifth of the listed persons would be delisted.</summary>
    public sealed record Shrunken(int Listed, int Vanishing) : DirectoryImportResult;

    /// <summary>
    /// The import was cancelled while it wrote to SQLite: of the persons to write, some are written, each of them whole. Nobody was removed
    /// unless all others were written. The next import writes the rest.
    /// </summary>
    public sealed record Interrupted(int Written, int Total) : DirectoryImportResult;

    /// <summary>Another import wrote after this one had read the directory.</summary>
    public sealed record ChangedMeanwhile : DirectoryImportResult;
}
