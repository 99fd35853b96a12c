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
