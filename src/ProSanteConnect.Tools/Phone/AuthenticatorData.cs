using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;

namespace ProSanteConnect.Tools.Phone;

/// <summary>What an authenticator says of itself and signs (WebAuthn, section 6.1).</summary>
internal static class AuthenticatorData
{
    private const int AaguidSize = 16;

    public static byte[] Of(string rpId, AuthenticatorFlags flags, uint counter, ReadOnlySpan<byte> attestedCredential = default) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), (byte)flags, .. BigEndian(counter), .. attestedCredential];

    /// <summary>The new credential: AAGUID (zero, since no model is attested), identifier and public key (section 6.5.1).</summary>
    public static byte[] Attested(byte[] credentialId, ECDsa key) =>
        [.. new byte[AaguidSize], .. BigEndian((ushort)credentialId.Length), .. credentialId, .. CoseKey(key)];

    // RFC 9053, section 7.1.1: an EC2 key on P-256 for ES256, in CTAP2's canonical order.
    private static byte[] CoseKey(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(5);
        Number(1, 2); // kty: EC2
        Number(3, SoftwareAuthenticator.Es256);
        Number(-1, 1); // crv: P-256
        Bytes(-2, point.X!);
        Bytes(-3, point.Y!);
        cbor.WriteEndMap();
        return cbor.Encode();

        void Number(int label, int value)
        {
            cbor.WriteInt32(label);
            cbor.WriteInt32(value);
        }

        void Bytes(int label, byte[] value)
        {
            cbor.WriteInt32(label);
            cbor.WriteByteString(value);
        }
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(ushort value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}

[Flags]
internal enum AuthenticatorFlags
{
    UserPresent = 0x01,
    UserVerified = 0x04,
    BackupEligible = 0x08,
    BackedUp = 0x10,
    AttestedCredential = 0x40,
}
