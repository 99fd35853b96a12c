using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// A client secret of 256 random bits. Because of its entropy one SHA-256 protects it at rest as well as a slow hash.
/// </summary>
public sealed class ClientSecret
{
    private readonly string _value;

    private ClientSecret(string value) => _value = value;

    public static ClientSecret Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The stored form: the lower-case hexadecimal SHA-256.</summary>
    public string Hash => HashOf(_value);

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a presented secret is one of those in force, compared in constant time.</summary>
    public static bool Matches(string presented, IReadOnlyList<string> hashes)
    {
        var hash = Encoding.ASCII.GetBytes(HashOf(presented));
        var matches = false;
        foreach (var candidate in hashes)
            matches |= CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(candidate));

        return matches;
    }

    /// <summary>The secret in clear, for the operator who had it made.</summary>
    public string Reveal() => _value;

    public override string ToString() => "ClientSecret(***)";
}

/// <summary>How to change the secrets of a client.</summary>
public enum SecretRotation
{
    /// <summary>Adds a new secret; the present one stays in force until <see cref="DropOld"/>.</summary>
    Overlap,

    /// <summary>Removes all secrets but the newest; makes none.</summary>
    DropOld,

    /// <summary>Replaces all secrets by a new one, for example after a leak.</summary>
    Replace,
}

/// <summary>The result of changing the secrets of a client.</summary>
public abstract record SecretChange
{
    private SecretChange()
    {
    }

    /// <summary>A new secret is in force; it is available only here.</summary>
    public sealed record Made(ClientSecret Secret, bool OldStillInForce) : SecretChange;

    /// <summary>Only the newest secret is in force.</summary>
    public sealed record OldDropped : SecretChange;

    /// <summary>At most one secret is in force, so there is no older one to drop.</summary>
    public sealed record NothingToDrop : SecretChange;

    /// <summary>Two secrets are in force already; the older one must be dropped first.</summary>
    public sealed record StillOverlapping : SecretChange;

    public sealed record PublicClient : SecretChange;

    public sealed record Unknown : SecretChange;
}
