using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// The relying parties as they stood when they were read, for look-up without a query. It is read again when
/// <see cref="Revision"/> has moved.
/// </summary>
public sealed class ClientSnapshot
{
    private readonly FrozenDictionary<string, Client> _clients;

    private ClientSnapshot(IEnumerable<Client> clients, long revision)
    {
        _clients = clients.ToFrozenDictionary(client => client.ClientId, StringComparer.Ordinal);
        Revision = revision;
    }

    /// <summary>The number of the revision "clients" that the snapshot shows at least.</summary>
    public long Revision { get; }

    public IReadOnlyCollection<Client> All => _clients.Values;

    public static async Task<ClientSnapshot> LoadAsync(PscDb db, CancellationToken ct = default)
    {
        // The number is read first: a change in between makes the snapshot newer than it says, and it is only read once more.
        var revision = await db.Revisions.NumberOfAsync(Data.Revision.Clients, ct);
        var clients = await db.Clients.AsNoTracking().ToListAsync(ct);
        return new ClientSnapshot(clients, revision);
    }

    public Client? Find(string clientId) => _clients.GetValueOrDefault(clientId);
}
