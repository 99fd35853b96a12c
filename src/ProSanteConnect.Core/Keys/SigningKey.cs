using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// A key pair that signs tokens. Its states follow from its instants: announced (published, not yet used), active, retired
/// (published because unexpired tokens carry its signature), removed.
/// </summary>
public sealed class SigningKey
{
    /// <summary>The position in the sequence of keys. Unique, so that only one of two concurrent rotations succeeds.</summary>
    public required int Sequence { get; init; }

    /// <summary>The key identifier (<c>kid</c>): the RFC 7638 thumbprint of the public key.</summary>
    public required string Kid { get; init; }

    /// <summary>The JWS algorithm, for example RS256.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The private key (PKCS#8), sealed under the master key.</summary>
    public required byte[] ProtectedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The instant from which it signs.</summary>
    public required DateTimeOffset ActiveFrom { get; set; }

    /// <summary>The instant, past or future, at which publication ends; null while it has no successor.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>Generates key pairs; seals and opens their private keys.</summary>
internal static class SigningKeyMaterial
{
    private const string Purpose = "signing-keys";

    /// <summary>A new RS256 key pair with its private key sealed. The size is in bits.</summary>
    public static SigningKey Generate(int sequence, int size, MasterKey masterKey, DateTimeOffset now, DateTimeOffset activeFrom)
    {
        using var rsa = RSA.Create(size);
        var pkcs8 = rsa.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKey
            {
                Sequence = sequence,
                Kid = Thumbprint(rsa.ExportParameters(includePrivateParameters: false)),
                Algorithm = SecurityAlgorithms.RsaSha256,
                ProtectedPrivateKey = masterKey.Seal(Purpose, pkcs8),
                CreatedAt = now,
                ActiveFrom = activeFrom,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <exception cref="CryptographicException">The key was sealed under another master key.</exception>
    public static RsaSecurityKey Open(SigningKey key, MasterKey masterKey)
    {
        var pkcs8 = masterKey.Open(Purpose, key.ProtectedPrivateKey);
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);

            // Built from parameters rather than an RSA object: RSA instances are not guaranteed to be thread-safe, and the signing
            // library then creates one instance per concurrent signature.
            return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)) { KeyId = key.Kid };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>The key identifier of RFC 7638: the SHA-256 of the public key as canonical JSON, in base64url.</summary>
    public static string Thumbprint(RSAParameters publicKey) =>
        Base64Url.EncodeToString(new RsaSecurityKey(publicKey).ComputeJwkThumbprint());
}
