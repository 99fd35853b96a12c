using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// One request to a practitioner to prove who they are, opened by the authorization page (with a client)
/// or by the portal itself (without one). It belongs to one browser, and its result is fetched once.
/// </summary>
public sealed class SignInRequest
{
    public required Guid Id { get; init; }

    /// <summary>The relying party that asks, or null for the portal.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Where the browser goes on: for a relying party the authorization parameters, form-encoded; for the portal a local path.
    /// </summary>
    public required string Continuation { get; init; }

    /// <summary>SHA-256 of the secret in the cookie of the browser that began.</summary>
    public required byte[] BrowserHash { get; init; }

    public SignInStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The person who proved to be there; set by the approval.</summary>
    public long? PractitionerId { get; private set; }

    public AuthMode? AuthMode { get; private set; }

    /// <summary>
    /// SHA-256 of the secret with which the approving door sends the browser back; null when a phone approved, because then
    /// the browser that began never left its page.
    /// </summary>
    public byte[]? HandoverHash { get; private set; }

    /// <summary>The number of the card (extension gipCardID), when a card approved.</summary>
    public string? CardNumber { get; private set; }

    /// <summary>When the certificate ends; the session does not outlive it.</summary>
    public DateTimeOffset? CardExpiresAt { get; private set; }

    /// <summary>Issuer and serial number of the certificate, to ask again whether it was revoked.</summary>
    public string? CertificateId { get; private set; }

    /// <summary>The e-CPS that approved, when a phone did; it must still be active when the result is fetched.</summary>
    public Guid? ECpsId { get; private set; }

    /// <summary>The session that was opened with the result.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Whether nothing more can come of it.</summary>
    public bool IsOver => Status is SignInStatus.Redeemed or SignInStatus.Cancelled;
}

/// <summary>What a door (the card listener, the phone) proved about the person in front of the screen.</summary>
public sealed record IdentityProof(
    long PractitionerId,
    AuthMode AuthMode,
    string? CardNumber = null,
    DateTimeOffset? CardExpiresAt = null,
    string? CertificateId = null,
    Guid? ECpsId = null);
