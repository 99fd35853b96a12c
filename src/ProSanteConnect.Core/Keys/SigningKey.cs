using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Keys;

/// <summary>
/// A key pair that signs tokens. It is announced (published, not yet used), then active, then retired (published for those
/// who hold older tokens), and at last removed: all of it is read off its instants.
/// </summary>
public sealed class SigningKey
{
    /// <summary>The place in the sequence; unique, so that of two nodes that rotate at once one wins.</summary>
    public required int Sequence { get; init; }

    /// <summary>The key identifier (<c>kid</c>): the RFC 7638 thumbprint of the public key.</summary>
    public required string Kid { get; init; }

    /// <summary>The JWS algorithm, for example RS256.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The private key (PKCS#8) under the master key.</summary>
    public required byte[] ProtectedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it begins to sign.</summary>
    public required DateTimeOffset ActiveFrom { get; set; }

    /// <summary>When it stopped, or will stop, being published; null while it has no successor.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>Makes key pairs, and carries them to and from their sealed form.</summary>
internal static class SigningKeyMaterial
{
    private const string Purpose = "signing-keys";

    /// <summary>A new RS256 key pair, with its private key sealed.</summary>
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

            // Made of parameters, not of an RSA object: the signing library then makes one object per concurrent signature,
            // since RSA objects are not promised to be safe for several threads.
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
