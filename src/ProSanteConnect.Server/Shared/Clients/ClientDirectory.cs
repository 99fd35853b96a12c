using System.Collections.Frozen;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Server.Shared.Clients;

/// <summary>The relying parties in memory: a snapshot that is refreshed from the database.</summary>
internal sealed class ClientDirectory
{
    private volatile ClientSnapshot? _snapshot;
    private volatile FrozenSet<string> _origins = [];

    /// <summary>The snapshot, or null before the first one was read.</summary>
    public ClientSnapshot? Snapshot => _snapshot;

    public Client? Find(string? clientId) => clientId is null ? null : _snapshot?.Find(clientId);

    /// <summary>Whether a relying party has a redirect URI of this web origin, as in the header <c>Origin</c>.</summary>
    public bool IsRegisteredOrigin(string origin) => _origins.Contains(origin);

    public void Replace(ClientSnapshot snapshot)
    {
        _snapshot = snapshot;
        _origins = snapshot.All
            .SelectMany(client => client.RedirectUris)
            .Select(uri => new Uri(uri).GetLeftPart(UriPartial.Authority))
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
