using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The part of a PublicKeyCredentialCreationOptionsJSON that this phone reads.</summary>
public sealed record CreationOptions(
    RelyingPartyEntity Rp, string Challenge, IReadOnlyList<CredentialParameter> PubKeyCredParams, string? Attestation = null);

/// <summary>The part of a PublicKeyCredentialRequestOptionsJSON that this phone reads.</summary>
public sealed record RequestOptions(string Challenge, string? RpId = null, IReadOnlyList<CredentialDescriptor>? AllowCredentials = null);

/// <summary>Whom the key is for; without an identifier, the host of the origin.</summary>
public sealed record RelyingPartyEntity(string? Id = null);

/// <summary>A signature algorithm that the server accepts, as COSE numbers it.</summary>
public sealed record CredentialParameter(int Alg);

/// <summary>A key that the server knows, by its identifier in base64url.</summary>
public sealed record CredentialDescriptor(string Id);

/// <summary>A RegistrationResponseJSON: a new key, told to the server. Everything binary is base64url.</summary>
public sealed record RegistrationResponse(string Id, AttestationAnswer Response) : CredentialAnswer(Id);

/// <summary>An AuthenticationResponseJSON: a challenge, signed.</summary>
public sealed record AuthenticationResponse(string Id, AssertionAnswer Response) : CredentialAnswer(Id);

/// <summary>What both answers begin with.</summary>
public abstract record CredentialAnswer(string Id)
{
    public string RawId => Id;

    public string Type { get; } = "public-key";

    public string AuthenticatorAttachment { get; } = "platform";

    public IReadOnlyDictionary<string, bool> ClientExtensionResults { get; } = new Dictionary<string, bool>();
}

public sealed record AttestationAnswer(
    [property: JsonPropertyName("clientDataJSON")] string ClientData,
    string AttestationObject,
    string AuthenticatorData,
    string PublicKey,
    int PublicKeyAlgorithm,
    IReadOnlyList<string> Transports);

// The key is not discoverable, so it has no user handle to tell (WebAuthn, section 6.3.3).
public sealed record AssertionAnswer(
    [property: JsonPropertyName("clientDataJSON")] string ClientData,
    string AuthenticatorData,
    string Signature);

/// <summary>The server asks for a new key; the answer names the ceremony.</summary>
public sealed record CreationCeremony(string Ceremony, CreationOptions PublicKey);

/// <summary>The server asks for a signature; the answer names the ceremony.</summary>
public sealed record RequestCeremony(string Ceremony, RequestOptions PublicKey);

/// <summary>The answer to a <see cref="CreationCeremony"/>, with the key that only the phone has.</summary>
public sealed record NewKey(string Ceremony, RegistrationResponse Credential, PhoneKey Key);

/// <summary>The answer to a <see cref="RequestCeremony"/>.</summary>
public sealed record Proof(string Ceremony, AuthenticationResponse Assertion);
