using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Core.Tests.Tools.Phone;

/// <summary>The responses of the software authenticator, parsed as WebAuthn specifies and not by its own code.</summary>
public sealed class SoftwareAuthenticatorAnswers
{
    private const string RpId = "example.org";

    private static readonly Uri Origin = new("https://wallet.example.org/");
    private static readonly string Challenge = Base64Url.EncodeToString([1, 2, 3, 250]);

    private static CreationOptions Creation => new(new RelyingPartyEntity(RpId), Challenge, [new CredentialParameter(-257), new CredentialParameter(-7)]);

    private static RequestOptions Request => new(Challenge, RpId);

    [Fact]
    public void A_new_key_is_told_with_an_attestation_object_of_format_none()
    {
        var authenticator = new SoftwareAuthenticator(Origin);

        var response = authenticator.Create(Creation).Response;

        var cbor = new CborReader(Bytes(response.AttestationObject), CborConformanceMode.Ctap2Canonical);
        Assert.Equal(3, cbor.ReadStartMap());
        Assert.Equal(("fmt", "none"), (cbor.ReadTextString(), cbor.ReadTextString()));
        Assert.Equal(("attStmt", 0), (cbor.ReadTextString(), cbor.ReadStartMap()));
        cbor.ReadEndMap();
        Assert.Equal(("authData", response.AuthenticatorData), (cbor.ReadTextString(), Base64Url.EncodeToString(cbor.ReadByteString())));
        cbor.ReadEndMap();
        Assert.Equal(0, cbor.BytesRemaining);
    }

    [Fact]
    public void Asked_what_it_is_it_answers_by_the_new_key_itself()
    {
        var authenticator = new SoftwareAuthenticator(Origin);

        var response = authenticator.Create(Creation with { Attestation = "direct" }).Response;

        var cbor = new CborReader(Bytes(response.AttestationObject), CborConformanceMode.Ctap2Canonical);
        cbor.ReadStartMap();
        Assert.Equal(("fmt", "packed"), (cbor.ReadTextString(), cbor.ReadTextString()));
        Assert.Equal(("attStmt", 2), (cbor.ReadTextString(), cbor.ReadStartMap()));
        Assert.Equal(("alg", -7, "sig"), (cbor.ReadTextString(), cbor.ReadInt32(), cbor.ReadTextString()));
        using var key = authenticator.Key!.Open();
        byte[] signed = [.. Bytes(response.AuthenticatorData), .. SHA256.HashData(Bytes(response.ClientData))];
        Assert.True(key.VerifyData(signed, cbor.ReadByteString(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void A_new_key_stands_in_the_authenticator_data_with_its_identifier()
    {
        var authenticator = new SoftwareAuthenticator(Origin);

        var response = authenticator.Create(Creation);

        var data = Bytes(response.Response.AuthenticatorData);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(RpId)), data[..32]);
        Assert.Equal(0b0100_0101, data[32]); // attested credential data, user verified, user present
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(33)));
        Assert.Equal(new byte[16], data[37..53]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(53));
        Assert.Equal(response.Id, Base64Url.EncodeToString(data.AsSpan(55, length)));

        using var told = KeyOf(data.AsMemory(55 + length));
        using var kept = authenticator.Key!.Open();
        Assert.Equal(kept.ExportSubjectPublicKeyInfo(), told.ExportSubjectPublicKeyInfo());
        Assert.Equal(response.Response.PublicKey, Base64Url.EncodeToString(told.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void The_client_data_name_ceremony_challenge_and_origin()
    {
        var authenticator = new SoftwareAuthenticator(Origin);

        var created = authenticator.Create(Creation).Response.ClientData;
        var signed = authenticator.Sign(Request).Response.ClientData;

        Assert.Equal(
            $$"""{"type":"webauthn.create","challenge":"{{Challenge}}","origin":"https://wallet.example.org","crossOrigin":false}""",
            Encoding.UTF8.GetString(Bytes(created)));
        Assert.Equal(
            $$"""{"type":"webauthn.get","challenge":"{{Challenge}}","origin":"https://wallet.example.org","crossOrigin":false}""",
            Encoding.UTF8.GetString(Bytes(signed)));
    }

    [Fact]
    public void A_signature_is_the_keys_over_authenticator_data_and_client_data()
    {
        var authenticator = new SoftwareAuthenticator(Origin);
        using var key = PublicKeyOf(authenticator.Create(Creation));

        var response = authenticator.Sign(Request).Response;

        Assert.True(Verifies(key, response));
        Assert.Equal(0b0000_0101, Bytes(response.AuthenticatorData)[32]);
        Assert.False(Verifies(key, response with { ClientData = Base64Url.EncodeToString("{}"u8) }));
    }

    [Fact]
    public void A_key_that_was_kept_signs_after_a_restart()
    {
        var before = new SoftwareAuthenticator(Origin);
        using var key = PublicKeyOf(before.Create(Creation));
        before.Sign(Request);

        var after = new SoftwareAuthenticator(Origin, before.Key);
        var response = after.Sign(Request).Response;

        Assert.True(Verifies(key, response));
        Assert.Equal(3u, CounterOf(response));
    }

    [Fact]
    public void A_key_that_does_not_count_says_zero_each_time()
    {
        var authenticator = new SoftwareAuthenticator(Origin) { Counts = false };

        var created = Bytes(authenticator.Create(Creation).Response.AuthenticatorData);

        Assert.Equal(0u, BinaryPrimitives.ReadUInt32BigEndian(created.AsSpan(33)));
        Assert.Equal(0u, CounterOf(authenticator.Sign(Request).Response));
    }

    [Fact]
    public void A_synced_key_says_so_and_counts_nothing()
    {
        var authenticator = new SoftwareAuthenticator(Origin) { IsSynced = true };
        authenticator.Create(Creation);

        var response = authenticator.Sign(Request).Response;

        Assert.Equal(0b0001_1101, Bytes(response.AuthenticatorData)[32]); // backed up, backup eligible, user verified, user present
        Assert.Equal(0u, CounterOf(response));
    }

    [Fact]
    public void A_deviation_shows_in_what_is_signed()
    {
        var key = PhoneKey.Generate() with { Counter = 9 };
        using var signer = key.Open();
        var deviations = new Deviations { Origin = "https://evil.example", Challenge = "other", RpId = "evil.example", Counter = 2, UserVerified = false };

        var response = new SoftwareAuthenticator(Origin, key) { Deviations = deviations }.Sign(Request).Response;
        var broken = new SoftwareAuthenticator(Origin, key) { Deviations = new Deviations { BreaksSignature = true } }.Sign(Request).Response;

        var clientData = JsonSerializer.Deserialize<JsonElement>(Bytes(response.ClientData));
        Assert.Equal(("https://evil.example", "other"), (clientData.GetProperty("origin").GetString(), clientData.GetProperty("challenge").GetString()));
        Assert.Equal(SHA256.HashData("evil.example"u8), Bytes(response.AuthenticatorData)[..32]);
        Assert.Equal(0b0000_0001, Bytes(response.AuthenticatorData)[32]);
        Assert.Equal(2u, CounterOf(response));
        Assert.True(Verifies(signer, response));
        Assert.False(Verifies(signer, broken));
    }

    [Fact]
    public void The_answers_have_the_members_of_WebAuthns_JSON_forms()
    {
        var authenticator = new SoftwareAuthenticator(Origin);

        var created = JsonSerializer.SerializeToElement(authenticator.Create(Creation), PhoneJson.Api);
        var signed = JsonSerializer.SerializeToElement(authenticator.Sign(Request), PhoneJson.Api);

        string[] common = ["authenticatorAttachment", "clientExtensionResults", "id", "rawId", "response", "type"];
        Assert.Equal(common, Names(created));
        Assert.Equal(common, Names(signed));
        Assert.Equal("public-key", created.GetProperty("type").GetString());
        Assert.Equal(created.GetProperty("id").GetString(), signed.GetProperty("rawId").GetString());
        Assert.Equal(
            ["attestationObject", "authenticatorData", "clientDataJSON", "publicKey", "publicKeyAlgorithm", "transports"], Names(created.GetProperty("response")));
        Assert.Equal(["authenticatorData", "clientDataJSON", "signature"], Names(signed.GetProperty("response")));
    }

    [Fact]
    public void What_a_browser_would_refuse_is_refused()
    {
        var authenticator = new SoftwareAuthenticator(Origin, PhoneKey.Generate());
        string[] covered = ["wallet.example.org", "example.org"];

        Assert.Each(covered, id => Assert.Null(authenticator.ObjectionTo(Request with { RpId = id })));
        Assert.Null(authenticator.ObjectionTo(Request with { RpId = null, AllowCredentials = [new CredentialDescriptor(authenticator.Key!.Id)] }));
        Assert.Contains("« ample.org »", authenticator.ObjectionTo(Request with { RpId = "ample.org" }), StringComparison.Ordinal);
        Assert.Contains("autre téléphone", authenticator.ObjectionTo(Request with { AllowCredentials = [new CredentialDescriptor("AAAA")] }), StringComparison.Ordinal);
        Assert.Contains("pas de clé", new SoftwareAuthenticator(Origin).ObjectionTo(Request), StringComparison.Ordinal);
        Assert.Null(authenticator.ObjectionTo(Creation));
        Assert.Contains("« evil.example »", authenticator.ObjectionTo(Creation with { Rp = new RelyingPartyEntity("evil.example") }), StringComparison.Ordinal);
        Assert.Contains("ES256", authenticator.ObjectionTo(Creation with { PubKeyCredParams = [new CredentialParameter(-257)] }), StringComparison.Ordinal);
    }

    private static ECDsa PublicKeyOf(RegistrationResponse response)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Bytes(response.Response.PublicKey), out _);
        return key;
    }

    /// <summary>A COSE key (RFC 9053, section 7.1.1).</summary>
    private static ECDsa KeyOf(ReadOnlyMemory<byte> cose)
    {
        var cbor = new CborReader(cose, CborConformanceMode.Ctap2Canonical);
        Assert.Equal(5, cbor.ReadStartMap());
        Assert.Equal((1, 2), (cbor.ReadInt32(), cbor.ReadInt32()));
        Assert.Equal((3, -7), (cbor.ReadInt32(), cbor.ReadInt32()));
        Assert.Equal((-1, 1), (cbor.ReadInt32(), cbor.ReadInt32()));
        Assert.Equal(-2, cbor.ReadInt32());
        var x = cbor.ReadByteString();
        Assert.Equal(-3, cbor.ReadInt32());
        var y = cbor.ReadByteString();
        cbor.ReadEndMap();
        Assert.Equal(0, cbor.BytesRemaining);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
    }

    private static bool Verifies(ECDsa key, AssertionAnswer response)
    {
        byte[] signed = [.. Bytes(response.AuthenticatorData), .. SHA256.HashData(Bytes(response.ClientData))];
        return key.VerifyData(signed, Bytes(response.Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static uint CounterOf(AssertionAnswer response) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(response.AuthenticatorData).AsSpan(33));

    private static byte[] Bytes(string base64Url) => Base64Url.DecodeFromChars(base64Url);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
}
