using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Server.Protocol.Engine;

/// <summary>The relying parties, in memory: a snapshot that follows the database.</summary>
internal sealed class ClientDirectory
{
    private volatile ClientSnapshot? _snapshot;

    /// <summary>The snapshot, or null before the first one was read.</summary>
    public ClientSnapshot? Snapshot => _snapshot;

    public Client? Find(string? clientId) => clientId is null ? null : _snapshot?.Find(clientId);

    public void Replace(ClientSnapshot snapshot) => _snapshot = snapshot;
}
