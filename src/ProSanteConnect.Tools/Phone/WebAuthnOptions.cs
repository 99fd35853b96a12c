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
