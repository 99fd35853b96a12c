namespace ProSanteConnect.Core.SignIn;

/// <summary>What a door (the card listener, the phone) proved about the person in front of the screen.</summary>
public sealed record IdentityProof(
    long PractitionerId,
    AuthMode AuthMode,
    string? CardNumber = null,
    DateTimeOffset? CardExpiresAt = null,
    string? CertificateId = null,
    Guid? ECpsId = null);
