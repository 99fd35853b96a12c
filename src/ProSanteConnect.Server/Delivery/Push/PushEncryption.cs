using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>Message encryption for Web Push (RFC 8291): one record of <c>aes128gcm</c> (RFC 8188) that only the phone opens.</summary>
internal static class PushEncryption
{
    private const int SaltSize = 16;
    private const int TagSize = 16;
    private const int RecordSize = 4096;

    /// <summary>RFC 8291, section 4: what a push service must take is 4096 bytes, of which 103 are ours.</summary>
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
