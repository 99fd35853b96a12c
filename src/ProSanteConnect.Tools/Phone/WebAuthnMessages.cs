using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Phone;

/// <summary>The members of PublicKeyCredentialCreationOptionsJSON that this phone reads.</summary>
public sealed record CreationOptions(
    RelyingPartyEntity Rp, string Challenge, IReadOnlyList<CredentialParameter> PubKeyCredParams, string? Attestation = null);

/// <summary>The members of PublicKeyCredentialRequestOptionsJSON that this phone reads.</summary>
public sealed record RequestOptions(string Challenge, string? RpId = null, IReadOnlyList<CredentialDescriptor>? AllowCredentials = null);

/// <summary>The relying party; without an identifier, the host of the origin.</summary>
public sealed record RelyingPartyEntity(string? Id = null);

/// <summary>An accepted signature algorithm, as a COSE identifier.</summary>
public sealed record CredentialParameter(int Alg);

/// <summary>A registered key, by its identifier in base64url.</summary>
public sealed record CredentialDescriptor(string Id);

/// <summary>RegistrationResponseJSON: a new key. Binary values are base64url.</summary>
public sealed record RegistrationResponse(string Id, AttestationAnswer Response) : CredentialAnswer(Id);

/// <summary>AuthenticationResponseJSON: a signed challenge.</summary>
public sealed record AuthenticationResponse(string Id, AssertionAnswer Response) : CredentialAnswer(Id);

/// <summary>The common members of both responses.</summary>
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

// The key is not discoverable, so there is no user handle (WebAuthn, section 6.3.3).
public sealed record AssertionAnswer(
    [property: JsonPropertyName("clientDataJSON")] string ClientData,
    string AuthenticatorData,
    string Signature);

/// <summary>The server's request for a new key, with the identifier of the ceremony.</summary>
public sealed record CreationCeremony(string Ceremony, CreationOptions PublicKey);

/// <summary>The server's request for a signature, with the identifier of the ceremony.</summary>
public sealed record RequestCeremony(string Ceremony, RequestOptions PublicKey);

/// <summary>The response to a <see cref="CreationCeremony"/>, with the private key that stays on the phone.</summary>
public sealed record NewKey(string Ceremony, RegistrationResponse Credential, PhoneKey Key);

/// <summary>The response to a <see cref="RequestCeremony"/>.</summary>
public sealed record Proof(string Ceremony, AuthenticationResponse Assertion);
