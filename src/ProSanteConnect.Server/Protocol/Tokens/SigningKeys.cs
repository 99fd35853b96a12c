using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Server.Protocol.Tokens;

/// <summary>The signing keys, in memory: a ring that follows the database.</summary>
internal sealed class SigningKeys
{
    private volatile KeyRing? _ring;

    /// <exception cref="InvalidOperationException">The ring has not been read yet: the database never answered since the start.</exception>
    public KeyRing Ring => _ring ?? throw new InvalidOperationException("The key ring has not been read yet.");

    public bool IsLoaded => _ring is not null;

    public void Replace(KeyRing ring) => _ring = ring;
}
