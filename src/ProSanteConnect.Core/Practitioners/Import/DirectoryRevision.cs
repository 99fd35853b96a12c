using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The counter that lets one of two imports write, when both compared with the same directory.</summary>
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
            // Another import made it in between; if not, the failure is what it seems.
            first.State = EntityState.Detached;
            if (await FindAsync(db, ct) is { } made) return made;
            throw;
        }
    }

    private static Task<long?> FindAsync(PscDb db, CancellationToken ct) =>
        db.Revisions.Where(r => r.Name == Revision.HealthDirectory).Select(r => (long?)r.Number).SingleOrDefaultAsync(ct);
}
