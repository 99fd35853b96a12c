using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Server.Shared.Changes;

/// <summary>Reads the state of watched rows as short texts that differ when the state differs: one query for each kind, for up to <see cref="ChangeWatch.RowsPerQuery"/> rows.</summary>
internal static class StateVersions
{
    public static Task<Dictionary<Guid, string>> OfAsync(PscDb db, WatchedKind kind, IReadOnlyList<Guid> ids, CancellationToken ct) => kind switch
    {
        WatchedKind.Approval => OfApprovalsAsync(db, ids, ct),
        WatchedKind.Activation => OfActivationsAsync(db, ids, ct),
        _ => OfPhonesAsync(db, ids, ct),
    };

    private static async Task<Dictionary<Guid, string>> OfApprovalsAsync(PscDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.ApprovalRequests.AsNoTracking()
            .Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Status })
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => row.Status.ToString());
    }

    private static async Task<Dictionary<Guid, string>> OfActivationsAsync(PscDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.Activations.AsNoTracking()
            .Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Status, a.ExpiresAt, a.CodeTries, a.CodeSends })
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => $"{row.Status}|{row.ExpiresAt.UtcTicks}|{row.CodeTries}|{row.CodeSends}");
    }

    private static async Task<Dictionary<Guid, string>> OfPhonesAsync(PscDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var rows = await db.ECps.AsNoTracking()
            .Where(e => ids.Contains(e.Id))
            .Select(e => new
            {
                e.Id,
                e.Status,
                e.ExpiresAt,
                Asked = db.ApprovalRequests
                    .Where(a => a.ECpsId == e.Id && a.Status == ApprovalStatus.Pending)
                    .OrderByDescending(a => a.CreatedAt)
                    .Select(a => (Guid?)a.Id)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => $"{row.Status}|{row.ExpiresAt.UtcTicks}|{row.Asked}");
    }
}
