using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Core.Security;

/// <summary>
/// A secret of 256 random bits that travels (a cookie, a code, a handover) and is stored as its SHA-256 only.
/// </summary>
public sealed class SecretToken
{
    private SecretToken(string value) => Value = value;

    /// <summary>The text that travels, 43 characters of base64url.</summary>
    public string Value { get; }

    public byte[] Hash => HashOf(Value);

    public static SecretToken Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>Whether a presented text is the one behind a stored hash, without telling by the time it takes.</summary>
    public static bool Matches(string? presented, byte[]? hash) =>
        presented is not null && hash is not null && CryptographicOperations.FixedTimeEquals(HashOf(presented), hash);

    public override string ToString() => "SecretToken(***)";
}
