using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The last step: writes the differences in one transaction.</summary>
internal sealed class DirectoryWriting(PscDb db, Staging staging, DirectoryImportOptions options, DateTimeOffset now)
{
    private const int PersonsPerReport = 1000;
    private const int PersonsPerDelisting = 500;

    /// <summary>The removals that wait after this import (<see cref="WaitingRemovals"/>); null keeps what stands.</summary>
    public long? WaitingDigest { get; init; }

    /// <summary>Writes everything, or returns false when another import wrote since the revision was read.</summary>
    public async Task<bool> TryRunAsync(DirectoryImportResult.Imported imported, long revision, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (imported.Created + imported.Updated + imported.Delisted > 0)
        {
            if (!await db.Revisions.TryAdvanceAsync(Revision.HealthDirectory, revision, ct)) return false;

            await WriteChangesAsync(transaction, imported.Created + imported.Updated, ct);
            if (imported.Delisted > 0) await WriteDelistedAsync(ct);
        }

        if (WaitingDigest is { } digest) await WaitingRemovals.WriteAsync(db, digest, ct);
        db.Journal.Add(DirectoryJournal.Imported(imported, options.Actor, now));
        await db.SaveChangesAsync(ct);

        // Not cancellable: a cancelled commit would leave the outcome of the import unknown.
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private async Task WriteChangesAsync(IDbContextTransaction transaction, int total, CancellationToken ct)
    {
        await using var writer = await PractitionerWriter.CreateAsync(db, transaction, ct);
        var created = new List<Practitioner>(PractitionerWriter.RowsPerInsert);
        var done = 0;
        foreach (var (id, person) in staging.Changes())
        {
            person.UpdatedAt = now;
            if (id is not null)
            {
                await writer.UpdateAsync(id.Value, person, ct);
            }
            else
            {
                created.Add(person);
                if (created.Count == PractitionerWriter.RowsPerInsert) await InsertAsync();
            }

            if (++done % PersonsPerReport == 0) Report();
        }

        if (created.Count > 0) await InsertAsync();
        Report();

        async Task InsertAsync()
        {
            await writer.InsertAsync(created, ct);
            created.Clear();
        }

        void Report() => options.Progress?.Report(new DirectoryImportProgress(DirectoryImportStep.Writing, done, total));
    }

    private async Task WriteDelistedAsync(CancellationToken ct)
    {
        foreach (var ids in staging.Delisted().Chunk(PersonsPerDelisting))
        {
            await db.Practitioners
                .Where(p => ids.Contains(p.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, now).SetProperty(p => p.UpdatedAt, now), ct);
        }
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
