using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// A client secret: 256 random bits made by us, which is why one SHA-256 protects it at rest as well as a slow hash would.
/// </summary>
public sealed class ClientSecret
{
    private readonly string _value;

    private ClientSecret(string value) => _value = value;

    public static ClientSecret Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What is stored: the lower-case hexadecimal SHA-256.</summary>
    public string Hash => HashOf(_value);

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a presented secret is one of those in force, without telling by the time it takes.</summary>
    public static bool Matches(string presented, IReadOnlyList<string> hashes)
    {
        var hash = Encoding.ASCII.GetBytes(HashOf(presented));
        var matches = false;
        foreach (var candidate in hashes)
            matches |= CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(candidate));

        return matches;
    }

    /// <summary>Shows the secret; only for the one who asked for it to be made.</summary>
    public string Reveal() => _value;

    public override string ToString() => "ClientSecret(***)";
}

/// <summary>How the secrets of a client are to change.</summary>
public enum SecretRotation
{
    /// <summary>A new secret beside the present one, until <see cref="DropOld"/>.</summary>
    Overlap,

    /// <summary>Only the newest secret stays in force; none is made.</summary>
    DropOld,

    /// <summary>A new secret in place of all others, which may be known to somebody else.</summary>
    Replace,
}

/// <summary>What became of the secrets of a client.</summary>
public abstract record SecretChange
{
    private SecretChange()
    {
    }

    /// <summary>A new secret is in force, shown this once.</summary>
    public sealed record Made(ClientSecret Secret, bool OldStillInForce) : SecretChange;

    /// <summary>Only the newest secret is in force.</summary>
    public sealed record OldDropped : SecretChange;

    /// <summary>One secret, or none, is in force: there is no older one to drop.</summary>
    public sealed record NothingToDrop : SecretChange;

    /// <summary>Two secrets are in force already; the older one goes first.</summary>
    public sealed record StillOverlapping : SecretChange;

    public sealed record PublicClient : SecretChange;

    public sealed record Unknown : SecretChange;
}
