using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Core.Security;

/// <summary>
/// A bearer secret of 256 random bits (a cookie, a code, a handover), of which only the SHA-256 is stored.
/// </summary>
public sealed class SecretToken
{
    private SecretToken(string value) => Value = value;

    /// <summary>The value to transmit: 43 characters of base64url.</summary>
    public string Value { get; }

    public byte[] Hash => HashOf(Value);

    public static SecretToken Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    public static byte[] HashOf(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>Whether a presented value matches a stored hash, compared in constant time.</summary>
    public static bool Matches(string? presented, byte[]? hash) =>
        presented is not null && hash is not null && CryptographicOperations.FixedTimeEquals(HashOf(presented), hash);

    public override string ToString() => "SecretToken(***)";
}
