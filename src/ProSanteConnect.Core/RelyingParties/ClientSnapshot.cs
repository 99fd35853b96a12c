using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// A snapshot of the registered clients, for look-up without a query. It is stale when <see cref="Revision"/> has advanced.
/// </summary>
public sealed class ClientSnapshot
{
    private readonly FrozenDictionary<string, Client> _clients;

    private ClientSnapshot(IEnumerable<Client> clients, long revision)
    {
        _clients = clients.ToFrozenDictionary(client => client.ClientId, StringComparer.Ordinal);
        Revision = revision;
    }

    /// <summary>The revision "clients" of the snapshot; the content may be newer.</summary>
    public long Revision { get; }

    public IReadOnlyCollection<Client> All => _clients.Values;

    public static async Task<ClientSnapshot> LoadAsync(PscDb db, CancellationToken ct = default)
    {
        // The revision is read first: a concurrent change makes the content newer than the revision and causes one extra reload.
        var revision = await db.Revisions.NumberOfAsync(Data.Revision.Clients, ct);
        var clients = await db.Clients.AsNoTracking().ToListAsync(ct);
        return new ClientSnapshot(clients, revision);
    }

    public Client? Find(string clientId) => _clients.GetValueOrDefault(clientId);
}
