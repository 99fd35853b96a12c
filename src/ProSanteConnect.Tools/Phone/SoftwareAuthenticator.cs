using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProSanteConnect.Tools.Phone;

/// <summary>
/// A software WebAuthn authenticator together with the browser's part: creates a phone's key and signs with it (W3C Web
/// Authentication, Level 3). On a real phone the platform's passkeys do this.
/// </summary>
/// <param name="origin">The origin in the client data.</param>
/// <param name="key">An existing key, if any.</param>
public sealed class SoftwareAuthenticator(Uri origin, PhoneKey? key = null)
{
    /// <summary>The COSE identifier of ECDSA on P-256 with SHA-256.</summary>
    public const int Es256 = -7;

    private const string Internal = "internal";

    /// <summary>The key with its current signature counter; null before <see cref="Create"/>.</summary>
    public PhoneKey? Key { get; private set; } = key;

    /// <summary>Whether the signature counter increases; many passkeys always report 0.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Whether the platform synchronizes the key between the owner's phones (flags BE and BS). Such a key has no counter.</summary>
    public bool IsSynced { get; init; }

    internal Deviations Deviations { get; init; } = new();

    private string Origin => origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Why a browser would reject these options, as a French sentence; null when it would accept them.</summary>
    public string? ObjectionTo(CreationOptions options) => options switch
    {
        { Rp.Id: var id } when !Covers(id ?? origin.Host) => ForeignRelyingParty(id),
        { PubKeyCredParams: var offered } when offered.All(parameter => parameter.Alg != Es256) =>
            "Le serveur n'accepte pas ES256, la seule signature de ce téléphone.",
        _ => null,
    };

    /// <summary>Why a browser would reject these options, as a French sentence; null when it would accept them.</summary>
    public string? ObjectionTo(RequestOptions options) => options switch
    {
        _ when Key is null => "Ce téléphone n'a pas de clé : activez d'abord l'e-CPS.",
        { RpId: var id } when !Covers(id ?? origin.Host) => ForeignRelyingParty(id),
        { AllowCredentials: { Count: > 0 } allowed } when allowed.All(credential => credential.Id != Key.Id) =>
            "Le serveur demande la clé d'un autre téléphone.",
        _ => null,
    };

    /// <summary>
    /// Creates a key and its registration response (WebAuthn, sections 5.1.3 and 6.3.2). The attestation is self attestation
    /// (section 8.2) when the options request one, otherwise "none".
    /// </summary>
    public RegistrationResponse Create(CreationOptions options)
    {
        Key = PhoneKey.Generate();
        using var signer = Key.Open();
        var clientData = ClientData(Deviations.Type ?? "webauthn.create", options.Challenge);
        var credential = AuthenticatorData.Attested(Key.CredentialId, signer);
        var data = AuthenticatorData.Of(
            Deviations.RpId ?? options.Rp.Id ?? origin.Host, Flags | AuthenticatorFlags.AttestedCredential, NextCount(), credential);
        return new RegistrationResponse(Key.Id, new AttestationAnswer(
            Base64Url.EncodeToString(clientData),
            Base64Url.EncodeToString(options.Attestation == "direct" ? SelfAttestation(data, clientData, signer) : NoAttestation(data)),
            Base64Url.EncodeToString(data),
            Base64Url.EncodeToString(signer.ExportSubjectPublicKeyInfo()),
            Es256,
            [Internal]));
    }

    /// <summary>Signs a challenge with the key (WebAuthn, sections 5.1.4 and 6.3.3).</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public AuthenticationResponse Sign(RequestOptions options)
    {
        if (Key is null) throw new InvalidOperationException("There is no key to sign with.");

        using var signer = Key.Open();
        var clientData = ClientData(Deviations.Type ?? "webauthn.get", options.Challenge);
        var data = AuthenticatorData.Of(Deviations.RpId ?? options.RpId ?? origin.Host, Flags, NextCount());
        var signature = Signature(data, clientData, signer);
        if (Deviations.BreaksSignature) signature[^1] ^= 1;
        return new AuthenticationResponse(Key.Id, new AssertionAnswer(
            Base64Url.EncodeToString(clientData), Base64Url.EncodeToString(data), Base64Url.EncodeToString(signature)));
    }

    private AuthenticatorFlags Flags =>
        (Deviations.UserPresent ? AuthenticatorFlags.UserPresent : 0)
        | (Deviations.UserVerified ? AuthenticatorFlags.UserVerified : 0)
        | (IsSynced ? AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp : 0);

    private uint NextCount()
    {
        if (Deviations.Counter is { } claimed) return claimed;

        Key = Key! with { Counter = Counts && !IsSynced ? Key.Counter + 1 : 0 };
        return Key.Counter;
    }

    // WebAuthn, section 5.8.1.1: exactly these members in this order.
    private byte[] ClientData(string type, string challenge)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("challenge", Deviations.Challenge ?? challenge);
            json.WriteString("origin", Deviations.Origin ?? Origin);
            json.WriteBoolean("crossOrigin", false);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Signature(byte[] authenticatorData, byte[] clientData, ECDsa signer) => signer.SignData(
        [.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static byte[] NoAttestation(byte[] authenticatorData) => AttestationObject("none", authenticatorData, cbor =>
    {
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
    });

    private static byte[] SelfAttestation(byte[] authenticatorData, byte[] clientData, ECDsa signer) =>
        AttestationObject("packed", authenticatorData, cbor =>
        {
            cbor.WriteStartMap(2);
            cbor.WriteTextString("alg");
            cbor.WriteInt32(Es256);
            cbor.WriteTextString("sig");
            cbor.WriteByteString(Signature(authenticatorData, clientData, signer));
            cbor.WriteEndMap();
        });

    private static byte[] AttestationObject(string format, byte[] authenticatorData, Action<CborWriter> writeStatement)
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString(format);
        cbor.WriteTextString("attStmt");
        writeStatement(cbor);
        cbor.WriteTextString("authData");
        cbor.WriteByteString(authenticatorData);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    // An RP ID must equal the origin's host or be a parent domain of it.
    private bool Covers(string rpId) => origin.Host == rpId || origin.Host.EndsWith($".{rpId}", StringComparison.Ordinal);

    private string ForeignRelyingParty(string? rpId) =>
        $"Le serveur demande une clé pour « {rpId} », et l'application de ce téléphone vient de {Origin}.";
}

/// <summary>The authenticator data, which is part of what is signed (WebAuthn, section 6.1).</summary>
internal static class AuthenticatorData
{
    private const int AaguidSize = 16;

    public static byte[] Of(string rpId, AuthenticatorFlags flags, uint counter, ReadOnlySpan<byte> attestedCredential = default) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), (byte)flags, .. BigEndian(counter), .. attestedCredential];

    /// <summary>The attested credential data: AAGUID (zero, because no model is attested), identifier, public key (section 6.5.1).</summary>
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

/// <summary>The key of a phone: a WebAuthn credential on P-256.</summary>
/// <param name="CredentialId">The identifier under which the server stores the key.</param>
/// <param name="Pkcs8">The private key, which a real phone never exports.</param>
/// <param name="Counter">The signature counter.</param>
public sealed record PhoneKey(byte[] CredentialId, byte[] Pkcs8, uint Counter)
{
    /// <summary>The identifier in WebAuthn's JSON: base64url.</summary>
    internal string Id => Base64Url.EncodeToString(CredentialId);

    public static PhoneKey Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PhoneKey(RandomNumberGenerator.GetBytes(32), key.ExportPkcs8PrivateKey(), Counter: 0);
    }

    /// <summary>Opens the private key; the caller disposes it.</summary>
    public ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Pkcs8, out _);
        return key;
    }

    public override string ToString() => $"{nameof(PhoneKey)}({Id})";
}
