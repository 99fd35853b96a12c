using Microsoft.IdentityModel.Tokens;

namespace ProSanteConnect.Core.Keys;

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
