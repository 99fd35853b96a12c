using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// A snapshot of the signing keys with their private keys opened. The state of each key is computed for an instant, so the ring
/// needs no reload when a successor becomes active, only when <see cref="Revision"/> has advanced.
/// </summary>
public sealed class KeyRing
{
    private readonly ImmutableArray<KeyRingKey> _keys;

    private KeyRing(IEnumerable<KeyRingKey> keys, long revision)
    {
        _keys = [.. keys];
        Revision = revision;
    }

    /// <summary>The revision "keys" of the snapshot; the content may be newer.</summary>
    public long Revision { get; }

    /// <summary>Reads and opens the keys.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The keys were sealed under another master key.</exception>
    public static async Task<KeyRing> LoadAsync(PscDb db, MasterKey masterKey, CancellationToken ct = default)
    {
        // The revision is read first: a concurrent change makes the content newer than the revision and causes one extra reload.
        var revision = await db.Revisions.NumberOfAsync(Data.Revision.Keys, ct);
        var keys = await db.SigningKeys.AsNoTracking().OrderBy(key => key.Sequence).ToListAsync(ct);
        return Open(keys, masterKey, revision);
    }

    internal static KeyRing Open(IReadOnlyList<SigningKey> keys, MasterKey masterKey, long revision) => new(
        keys.Select(key => new KeyRingKey(key, SigningKeyMaterial.Open(key, masterKey), SigningKeyLifeCycle.RetiredFrom(key, keys))),
        revision);

    /// <summary>The key that signs at this instant.</summary>
    /// <exception cref="InvalidOperationException">No key exists: <see cref="KeyRotation.EnsureAsync"/> has not run.</exception>
    public KeyRingKey SigningKey(DateTimeOffset now) =>
        _keys.LastOrDefault(key => key.StateAt(now) == SigningKeyState.Active)
        // When this node's clock is behind that of the node that created the first key, the key is still announced here.
        ?? _keys.FirstOrDefault(key => key.StateAt(now) == SigningKeyState.Announced)
        ?? throw new InvalidOperationException("There is no signing key.");

    /// <summary>The keys of the key set (JWKS): announced, active and retired, oldest first.</summary>
    public IReadOnlyList<KeyRingKey> Published(DateTimeOffset now) =>
        [.. _keys.Where(key => key.StateAt(now) != SigningKeyState.Removed)];

    /// <summary>The published key with this identifier; null when there is none.</summary>
    public KeyRingKey? Find(string kid, DateTimeOffset now) =>
        _keys.FirstOrDefault(key => key.Kid == kid && key.StateAt(now) != SigningKeyState.Removed);
}

/// <summary>A signing key with its private key opened.</summary>
public sealed class KeyRingKey
{
    internal KeyRingKey(SigningKey key, RsaSecurityKey securityKey, DateTimeOffset? retiredFrom)
    {
        Sequence = key.Sequence;
        Kid = key.Kid;
        Algorithm = key.Algorithm;
        SecurityKey = securityKey;
        Credentials = new SigningCredentials(securityKey, key.Algorithm);
        ActiveFrom = key.ActiveFrom;
        RetiredFrom = retiredFrom;
        RemovedAt = key.RemovedAt;
    }

    public int Sequence { get; }
    public string Kid { get; }

    /// <summary>The JWS algorithm, for example RS256.</summary>
    public string Algorithm { get; }

    /// <summary>The key pair; its <c>KeyId</c> is <see cref="Kid"/>. The instance does not change during the lifetime of the ring.</summary>
    public RsaSecurityKey SecurityKey { get; }

    public SigningCredentials Credentials { get; }

    public DateTimeOffset ActiveFrom { get; }

    /// <summary>The instant at which its successor becomes active; null while it has none.</summary>
    public DateTimeOffset? RetiredFrom { get; }

    public DateTimeOffset? RemovedAt { get; }

    public SigningKeyState StateAt(DateTimeOffset now) => SigningKeyLifeCycle.StateAt(now, ActiveFrom, RetiredFrom, RemovedAt);

    public override string ToString() => $"KeyRingKey({Kid})";
}
