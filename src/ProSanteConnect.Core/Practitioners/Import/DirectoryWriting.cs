using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The last step: writes the differences, in slices (ADR 0037). Removals come last, and each person is written whole.</summary>
internal sealed class DirectoryWriting(PscDb db, Staging staging, DirectoryImportOptions options, DateTimeOffset now)
{
    private const int PersonsPerReport = 1000;
    private const int PersonsPerDelisting = 100;

    /// <summary>The removals that wait after this import (<see cref="WaitingRemovals"/>); null keeps what stands.</summary>
    public long? WaitingDigest { get; init; }

    /// <summary>
    /// Writes everything and returns the result of the import. On SQLite, another import or a cancellation may stop the writing between two
    /// slices; the next import writes the rest.
    /// </summary>
    public async Task<DirectoryImportResult> RunAsync(DirectoryImportResult.Imported imported, long revision, CancellationToken ct)
    {
        var total = imported.Created + imported.Updated + imported.Delisted;
        await using var slices = new DirectorySlices(db, options.Slices, changes: total > 0, revision);
        var done = 0;
        try
        {
            if (!await slices.BeginAsync(ct)) return new DirectoryImportResult.ChangedMeanwhile();

            var written = await WriteChangesAsync(slices, imported.Created + imported.Updated, count => done = count, ct)
                && (imported.Delisted == 0 || await WriteDelistedAsync(slices, ct));
            if (!written) return new DirectoryImportResult.ChangedMeanwhile();

            if (WaitingDigest is { } digest) await WaitingRemovals.WriteAsync(db, digest, ct);
            db.Journal.Add(DirectoryJournal.Imported(imported, options.Actor, now));
            await db.SaveChangesAsync(ct);
        }
        catch (OperationCanceledException) when (slices.Committed > 0)
        {
            return new DirectoryImportResult.Interrupted(done, total);
        }

        await slices.EndAsync();
        return imported;
    }

    private async Task<bool> WriteChangesAsync(DirectorySlices slices, int total, Action<int> onCount, CancellationToken ct)
    {
        var created = new List<Practitioner>(PractitionerWriter.RowsPerInsert);
        var (done, reported) = (0, 0);
        var writer = await PractitionerWriter.CreateAsync(db, slices.Transaction, ct);
        try
        {
            foreach (var (id, person) in staging.Changes())
            {
                ct.ThrowIfCancellationRequested();
                person.UpdatedAt = now;
                done++;
                if (id is not null) await writer.UpdateAsync(id.Value, person, ct);
                else created.Add(person);

                if (created.Count == PractitionerWriter.RowsPerInsert) await InsertAsync();
                if (slices.IsFull)
                {
                    await InsertAsync();
                    await writer.DisposeAsync();
                    if (!await slices.NextAsync(ct)) return false;

                    onCount(done);
                    writer = await PractitionerWriter.CreateAsync(db, slices.Transaction, ct);
                }

                if (done - reported >= PersonsPerReport) Report();
            }

            await InsertAsync();
            Report();
            return true;
        }
        finally
        {
            await writer.DisposeAsync();
        }

        async Task InsertAsync()
        {
            if (created.Count > 0) await writer.InsertAsync(created, ct);
            created.Clear();
        }

        void Report()
        {
            reported = done;
            options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Writing, done, total));
        }
    }

    private async Task<bool> WriteDelistedAsync(DirectorySlices slices, CancellationToken ct)
    {
        foreach (var ids in staging.Delisted().Chunk(PersonsPerDelisting))
        {
            if (slices.IsFull && !await slices.NextAsync(ct)) return false;

            await db.Practitioners
                .Where(p => ids.Contains(p.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, now).SetProperty(p => p.UpdatedAt, now), ct);
        }

        return true;
    }
}

/// <summary>
/// The transactions of the writing. SQLite has one writer, so there each slice holds it for a short time and then leaves it free.
/// Other databases write in one transaction. Each slice advances the revision of the directory from the number that the previous one wrote: when another import wrote between, it stops.
/// </summary>
internal sealed class DirectorySlices(PscDb db, SliceLimits limits, bool changes, long revision) : IAsyncDisposable
{
    // The pause is for other processes, which do not know the clock of the application.
    private static readonly TimeProvider WallClock = TimeProvider.System;

    private IDbContextTransaction? _transaction;
    private long _revision = revision;
    private long _begunAt;

    public IDbContextTransaction Transaction => _transaction ?? throw new InvalidOperationException("No slice has begun.");

    /// <summary>The number of slices that stand, whatever becomes of the rest.</summary>
    public int Committed { get; private set; }

    public bool IsFull => db is SqlitePscDb && WallClock.GetElapsedTime(_begunAt) >= limits.Longest;

    /// <summary>Begins the first slice; false when another import wrote since the revision was read. An import without a change advances nothing.</summary>
    public async Task<bool> BeginAsync(CancellationToken ct)
    {
        _transaction = await db.Database.BeginTransactionAsync(ct);
        _begunAt = WallClock.GetTimestamp();
        return !changes || await db.Revisions.TryAdvanceAsync(Revision.HealthDirectory, _revision++, ct);
    }

    /// <summary>Commits a slice and begins the next one.</summary>
    public async Task<bool> NextAsync(CancellationToken ct)
    {
        await UnfinishedImport.WriteAsync(db, isUnfinished: true, ct);
        await CommitAsync();
        await Task.Delay(limits.Pause, WallClock, ct);
        return await BeginAsync(ct);
    }

    /// <summary>Commits the last slice.</summary>
    public async Task EndAsync()
    {
        await UnfinishedImport.WriteAsync(db, isUnfinished: false, CancellationToken.None);
        await CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
    }

    // Not cancellable: a cancelled commit would leave its outcome unknown.
    private async Task CommitAsync()
    {
        await Transaction.CommitAsync(CancellationToken.None);
        await Transaction.DisposeAsync();
        _transaction = null;
        Committed++;
    }
}

/// <summary>How long a slice may hold SQLite's writer, and how long the writer is then left free.</summary>
internal sealed record SliceLimits(TimeSpan Longest, TimeSpan Pause)
{
    /// <summary>The pause is longer than a waiting connection sleeps between two tries (100 ms), so that one of its tries succeeds.</summary>
    public static readonly SliceLimits Default = new(Longest: TimeSpan.FromMilliseconds(50), Pause: TimeSpan.FromMilliseconds(120));
}

/// <summary>Whether an import has written some slices and not the last one: a row of the revisions, 1 while it has not ended.</summary>
internal static class UnfinishedImport
{
    private const string Name = "directory-unfinished";

    public static Task<bool> ExistsAsync(PscDb db, CancellationToken ct) => db.Revisions.AnyAsync(r => r.Name == Name && r.Number != 0, ct);

    public static async Task WriteAsync(PscDb db, bool isUnfinished, CancellationToken ct)
    {
        var number = isUnfinished ? 1 : 0;
        var written = await db.Revisions.Where(r => r.Name == Name).ExecuteUpdateAsync(set => set.SetProperty(r => r.Number, number), ct);
        if (written > 0 || !isUnfinished) return;

        // The context is used by the import only and is saved at once, so that the row does not stay tracked.
        var row = db.Revisions.Add(new Revision { Name = Name, Number = number });
        await db.SaveChangesAsync(ct);
        row.State = EntityState.Detached;
    }
}

/// <summary>The revision that lets only one of two concurrent imports write.</summary>
internal static class DirectoryRevision
{
    public static async Task<long> ReadAsync(PscDb db, CancellationToken ct)
    {
        if (await FindAsync(db, ct) is { } number) return number;

        var first = db.Revisions.Add(new Revision { Name = Revision.HealthDirectory });
        try
        {
            await db.SaveChangesAsync(ct);
            return 0;
        }
        catch (DbUpdateException)
        {
            // Either a concurrent import has inserted the row, or the failure has another cause and is rethrown.
            first.State = EntityState.Detached;
            if (await FindAsync(db, ct) is { } made) return made;
            throw;
        }
    }

    private static Task<long?> FindAsync(PscDb db, CancellationToken ct) =>
        db.Revisions.Where(r => r.Name == Revision.HealthDirectory).Select(r => (long?)r.Number).SingleOrDefaultAsync(ct);
}

/// <summary>
/// The removals that a scheduled import left waiting, as a digest of the missing persons in a row of the revisions; 0 for none. The row is
/// no counter, but needs the same: one number by name, on every database.
/// </summary>
internal static class WaitingRemovals
{
    private const string Name = "directory-removals";

    public static Task<long> ReadAsync(PscDb db, CancellationToken ct) =>
        db.Revisions.Where(r => r.Name == Name).Select(r => r.Number).SingleOrDefaultAsync(ct);

    public static async Task WriteAsync(PscDb db, long digest, CancellationToken ct)
    {
        var written = await db.Revisions.Where(r => r.Name == Name).ExecuteUpdateAsync(set => set.SetProperty(r => r.Number, digest), ct);
        if (written == 0 && digest != 0) db.Revisions.Add(new Revision { Name = Name, Number = digest });
    }
}

/// <summary>Journal entries of an import.</summary>
internal static class DirectoryJournal
{
    public static JournalEntry Imported(DirectoryImportResult.Imported imported, string actor, DateTimeOffset now) =>
        Entry(JournalOutcome.Success, actor, now, string.Create(
            CultureInfo.InvariantCulture,
            $"format={imported.Format} scope={imported.Scope} created={imported.Created} updated={imported.Updated} unchanged={imported.Unchanged} delisted={imported.Delisted} removals-waiting={imported.WaitingRemovals} refused-lines={imported.RefusedLines}"));

    public static JournalEntry Refused(DirectoryImportResult refusal, string actor, DateTimeOffset now) =>
        Entry(JournalOutcome.Refused, actor, now, refusal switch
        {
            DirectoryImportResult.ArchiveDamaged => "archive-damaged",
            DirectoryImportResult.ArchiveAmbiguous => "archive-ambiguous",
            DirectoryImportResult.UnpackedTooLong => "unpacked-too-long",
            DirectoryImportResult.HeaderUnknown => "header-unknown",
            DirectoryImportResult.ColumnsMissing => "columns-missing",
            DirectoryImportResult.ColumnRepeated => "column-repeated",
            DirectoryImportResult.FileCut => "file-cut",
            DirectoryImportResult.NothingListed => "nothing-listed",
            DirectoryImportResult.Shrunken => "shrunken",
            DirectoryImportResult.ChangedMeanwhile => "changed-meanwhile",
            DirectoryImportResult.Interrupted(var written, var total) => string.Create(CultureInfo.InvariantCulture, $"interrupted written={written} of={total}"),
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
