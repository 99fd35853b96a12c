using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The last step: what differs is written in one transaction, and nothing else.</summary>
internal sealed class DirectoryWriting(PscDb db, Staging staging, DirectoryImportOptions options, DateTimeOffset now)
{
    private const int PersonsPerReport = 1000;
    private const int PersonsPerDelisting = 500;

    /// <summary>Returns false when another import wrote since the revision was read.</summary>
    public async Task<bool> TryRunAsync(DirectoryImportResult.Imported imported, long revision, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (imported.Created + imported.Updated + imported.Delisted > 0)
        {
            if (!await db.Revisions.TryAdvanceAsync(Revision.HealthDirectory, revision, ct)) return false;

            await WriteChangesAsync(transaction, imported.Created + imported.Updated, ct);
            await WriteDelistedAsync(ct);
        }

        db.Journal.Add(DirectoryJournal.Imported(imported, options.Actor, now));
        await db.SaveChangesAsync(ct);

        // From here on an interruption would leave it open whether the import has happened.
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
