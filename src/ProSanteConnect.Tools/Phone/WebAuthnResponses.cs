using System.Text.Json.Serialization;

namespace ProSanteConnect.Tools.Phone;

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
