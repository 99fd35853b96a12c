using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Asn1.Nist;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>Message encryption for Web Push (RFC 8291): one record of <c>aes128gcm</c> (RFC 8188) that only the phone can decrypt.</summary>
internal static class PushEncryption
{
    private const int SaltSize = 16;
    private const int TagSize = 16;
    private const int RecordSize = 4096;

    /// <summary>RFC 8291, section 4: push services must accept 4096 bytes, of which the encryption adds 103.</summary>
    public const int MaxPlaintext = 3993;

    /// <exception cref="CryptographicException">The phone's key is no point of the curve.</exception>
    /// <exception cref="FormatException">The phone's key or secret is no base64url.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> plaintext, string p256dh, string auth)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(plaintext, p256dh, auth, ephemeral, RandomNumberGenerator.GetBytes(SaltSize));
    }

    internal static byte[] Encrypt(ReadOnlySpan<byte> plaintext, string p256dh, string auth, ECDiffieHellman ephemeral, byte[] salt)
    {
        if (plaintext.Length > MaxPlaintext) throw new ArgumentException("The message is too long for a push service.", nameof(plaintext));

        var phoneKey = Base64Url.DecodeFromChars(p256dh.TrimEnd('='));
        var authSecret = Base64Url.DecodeFromChars(auth.TrimEnd('='));
        using var phone = ECDiffieHellman.Create(EcPoint.Read(phoneKey));
        var ourKey = EcPoint.Write(ephemeral.ExportParameters(includePrivateParameters: false));

        // Section 3.3: combine the shared and the authentication secrets.
        var shared = ephemeral.DeriveRawSecretAgreement(phone.PublicKey);
        byte[] keyInfo = [.. "WebPush: info\0"u8, .. phoneKey, .. ourKey];
        var keyingMaterial = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, authSecret, keyInfo);

        // RFC 8188, sections 2.2 and 2.3.
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, keyingMaterial, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, keyingMaterial, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());

        // The delimiter 2 marks the last record, which is the first one here.
        byte[] record = [.. plaintext, 2];
        byte[] body = [.. salt, .. RecordSizeBytes(), (byte)ourKey.Length, .. ourKey, .. new byte[record.Length + TagSize]];
        var sealedRecord = body.AsSpan(body.Length - record.Length - TagSize);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, record, sealedRecord[..record.Length], sealedRecord[record.Length..]);
        return body;
    }

    private static byte[] RecordSizeBytes()
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(size, RecordSize);
        return size;
    }
}

/// <summary>A point of P-256 as Web Push writes it: 4, x, y (uncompressed, SEC 1 section 2.3.3).</summary>
internal static class EcPoint
{
    private const int Size = 32;

    public static ECParameters Read(byte[] bytes) => bytes is [4, ..] && bytes.Length == 1 + 2 * Size
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = bytes[1..(1 + Size)], Y = bytes[(1 + Size)..] } }
        : throw new CryptographicException("No uncompressed point of P-256.");

    public static byte[] Write(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}

/// <summary>
/// Authenticates the provider to push services (VAPID, RFC 8292). The key pair is derived from the master key: it is the same on every
/// node, and not in the database (ADR 0030).
/// </summary>
internal sealed class VapidKeys : IDisposable
{
    private const string Purpose = "web-push-vapid";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key;

    public VapidKeys(MasterKey masterKey)
    {
        _key = ECDsa.Create(Derive(masterKey));
        PublicKey = Base64Url.EncodeToString(EcPoint.Write(_key.ExportParameters(includePrivateParameters: false)));
    }

    /// <summary>The <c>applicationServerKey</c> of subscriptions, base64url.</summary>
    public string PublicKey { get; }

    /// <summary>The value of the header <c>Authorization</c> for one push service.</summary>
    public string Authorization(Uri endpoint, string contact, DateTimeOffset now)
    {
        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new
        {
            // RFC 8292, section 2: the origin of the push service, with its port unless it is the default port.
            aud = endpoint.GetLeftPart(UriPartial.Authority),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            sub = contact,
        }));
        var signature = _key.SignData(System.Text.Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256);
        return $"vapid t={header}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    public void Dispose() => _key.Dispose();

    // FIPS 186-5, A.2.1: 512 bits modulo n - 1, plus 1, so that all keys are equally likely.
    private static ECParameters Derive(MasterKey masterKey)
    {
        var curve = NistNamedCurves.GetByName("P-256");
        var order = new BigInteger(curve.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        byte[] bits = [.. masterKey.Derive(Purpose + "-1"), .. masterKey.Derive(Purpose + "-2")];
        var scalar = (new BigInteger(bits, isUnsigned: true, isBigEndian: true) % (order - 1)) + 1;
        var d = new byte[32];
        var written = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(d, d.Length - written.Length);

        var parameters = EcPoint.Read(curve.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, d)).Normalize().GetEncoded(compressed: false));
        parameters.D = d;
        return parameters;
    }
}
