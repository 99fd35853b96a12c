using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// The signing keys as they stood when they were read, opened. What each of them does is asked at an instant, so a ring goes
/// from one key to the next by itself; it is read again only when <see cref="Revision"/> has moved.
/// </summary>
public sealed class KeyRing
{
    private readonly ImmutableArray<KeyRingKey> _keys;

    private KeyRing(IEnumerable<KeyRingKey> keys, long revision)
    {
        _keys = [.. keys];
        Revision = revision;
    }

    /// <summary>The number of the revision "keys" that the ring shows at least.</summary>
    public long Revision { get; }

    /// <exception cref="System.Security.Cryptography.CryptographicException">The master key is another one.</exception>
    public static async Task<KeyRing> LoadAsync(PscDb db, MasterKey masterKey, CancellationToken ct = default)
    {
        // The number is read first: a change in between makes the ring newer than it says, and it is only read once more.
        var revision = await db.Revisions.NumberOfAsync(Data.Revision.Keys, ct);
        var keys = await db.SigningKeys.AsNoTracking().OrderBy(key => key.Sequence).ToListAsync(ct);
        return Open(keys, masterKey, revision);
    }

    internal static KeyRing Open(IReadOnlyList<SigningKey> keys, MasterKey masterKey, long revision) => new(
        keys.Select(key => new KeyRingKey(key, SigningKeyMaterial.Open(key, masterKey), SigningKeyLifeCycle.RetiredFrom(key, keys))),
        revision);

    /// <summary>The key that signs.</summary>
    /// <exception cref="InvalidOperationException">There is none: <see cref="KeyRotation.EnsureAsync"/> has not run.</exception>
    public KeyRingKey SigningKey(DateTimeOffset now) =>
        _keys.LastOrDefault(key => key.StateAt(now) == SigningKeyState.Active)
        // A clock that runs behind the one of the node that made the first key sees it a moment before it begins to sign.
        ?? _keys.FirstOrDefault(key => key.StateAt(now) == SigningKeyState.Announced)
        ?? throw new InvalidOperationException("There is no signing key.");

    /// <summary>The keys of the key set (JWKS): those announced, active and retired, oldest first.</summary>
    public IReadOnlyList<KeyRingKey> Published(DateTimeOffset now) =>
        [.. _keys.Where(key => key.StateAt(now) != SigningKeyState.Removed)];

    /// <summary>The published key with this identifier.</summary>
    public KeyRingKey? Find(string kid, DateTimeOffset now) =>
        _keys.FirstOrDefault(key => key.Kid == kid && key.StateAt(now) != SigningKeyState.Removed);
}

/// <summary>A signing key, opened and ready to sign.</summary>
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

    /// <summary>The key pair; its <c>KeyId</c> is <see cref="Kid"/>. The same object for as long as the ring lives.</summary>
    public RsaSecurityKey SecurityKey { get; }

    public SigningCredentials Credentials { get; }

    public DateTimeOffset ActiveFrom { get; }

    /// <summary>When its successor begins to sign; null while it has none.</summary>
    public DateTimeOffset? RetiredFrom { get; }

    public DateTimeOffset? RemovedAt { get; }

    public SigningKeyState StateAt(DateTimeOffset now) => SigningKeyLifeCycle.StateAt(now, ActiveFrom, RetiredFrom, RemovedAt);

    public override string ToString() => $"KeyRingKey({Kid})";
}
