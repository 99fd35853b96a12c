using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Data;

/// <summary>
/// A counter that advances with each change of data that nodes cache ("clients", "keys"): one query per tick tells a node whether
/// its snapshot is stale.
/// </summary>
public sealed class Revision
{
    public const string Clients = "clients";
    public const string Keys = "keys";
    public const string HealthDirectory = "directory";

    public required string Name { get; init; }
    public long Number { get; set; }
}

/// <summary>The two ways to advance a revision, each inside the transaction of the change.</summary>
public static class RevisionExtensions
{
    public static Task<long> NumberOfAsync(this DbSet<Revision> revisions, string name, CancellationToken ct) =>
        revisions.Where(revision => revision.Name == name).Select(revision => revision.Number).SingleAsync(ct);

    /// <summary>Advances the revision. The row lock serializes concurrent changes until the transaction ends.</summary>
    public static Task AdvanceAsync(this DbSet<Revision> revisions, string name, CancellationToken ct) => revisions
        .Where(revision => revision.Name == name)
        .ExecuteUpdateAsync(set => set.SetProperty(revision => revision.Number, revision => revision.Number + 1), ct);

    /// <summary>Advances the revision if it still has the given number; of several transactions that read the same number, one succeeds.</summary>
    public static async Task<bool> TryAdvanceAsync(this DbSet<Revision> revisions, string name, long from, CancellationToken ct) =>
        await revisions
            .Where(revision => revision.Name == name && revision.Number == from)
            .ExecuteUpdateAsync(set => set.SetProperty(revision => revision.Number, from + 1), ct) == 1;
}
