using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using ProSanteConnect.Core.Delivery;

namespace ProSanteConnect.Server.Tests.Delivery;

/// <summary>
/// The other end of Web Push, written from RFC 8188 and RFC 8291 over Bouncy Castle, which the server does not use for this:
/// decrypts a push message as a phone does.
/// </summary>
internal sealed class PushReceiver(byte[] privateKey, byte[] auth)
{
    private static readonly ECDomainParameters Curve = new(SecNamedCurves.GetByName("secp256r1"));

    private readonly ECPrivateKeyParameters _key = new(new BigInteger(1, privateKey), Curve);

    public byte[] PublicKey => Curve.G.Multiply(_key.D).Normalize().GetEncoded(compressed: false);

    public PushAddress Address(Uri endpoint) =>
        new(Guid.NewGuid(), endpoint.ToString(), Base64Url.EncodeToString(PublicKey), Base64Url.EncodeToString(auth));

    public string Open(byte[] body)
    {
        // RFC 8188, section 2.1: salt (16), record size (4), length of the key id (1), key id.
        var (salt, recordSize, keyLength) = (body[..16], BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)), body[20]);
        var (senderKey, record) = (body[21..(21 + keyLength)], body[(21 + keyLength)..]);
        Assert.InRange(record.Length, 18, (int)recordSize);

        var agreement = new ECDHBasicAgreement();
        agreement.Init(_key);
        var secret = agreement.CalculateAgreement(new ECPublicKeyParameters(Curve.Curve.DecodePoint(senderKey), Curve));
        var shared = new byte[32];
        secret.ToByteArrayUnsigned().CopyTo(shared, 32 - secret.ToByteArrayUnsigned().Length);

        var keyingMaterial = Hkdf(shared, auth, [.. Encoding.ASCII.GetBytes("WebPush: info"), 0, .. PublicKey, .. senderKey], 32);
        var key = Hkdf(keyingMaterial, salt, [.. Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm"), 0], 16);
        var nonce = Hkdf(keyingMaterial, salt, [.. Encoding.ASCII.GetBytes("Content-Encoding: nonce"), 0], 12);

        var gcm = new GcmBlockCipher(new AesEngine());
        gcm.Init(forEncryption: false, new AeadParameters(new KeyParameter(key), 128, nonce));
        var plaintext = new byte[gcm.GetOutputSize(record.Length)];
        gcm.DoFinal(plaintext, gcm.ProcessBytes(record, 0, record.Length, plaintext, 0));

        // Section 2: the last record ends with 2 and zeros.
        var end = Array.FindLastIndex(plaintext, b => b != 0);
        Assert.Equal(2, plaintext[end]);
        return Encoding.UTF8.GetString(plaintext, 0, end);
    }

    private static byte[] Hkdf(byte[] material, byte[] salt, byte[] info, int length)
    {
        var hkdf = new HkdfBytesGenerator(new Sha256Digest());
        hkdf.Init(new HkdfParameters(material, salt, info));
        var output = new byte[length];
        hkdf.GenerateBytes(output, 0, length);
        return output;
    }
}
