using ProSanteConnect.Core.SingleSignOn;

namespace ProSanteConnect.Core.SignIn;

/// <summary>
/// A request to a practitioner to prove their identity, opened by the authorization page (with a client) or by the portal
/// (without one). It belongs to one browser, and its result is redeemed once.
/// </summary>
public sealed class SignInRequest
{
    public required Guid Id { get; init; }

    /// <summary>The relying party, or null for the portal.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Where the browser continues: the form-encoded authorization parameters of a relying party, or a local path of the portal.
    /// </summary>
    public required string Continuation { get; init; }

    /// <summary>The means that the requested level of assurance demands; null when any will do.</summary>
    public AuthMode? RequiredAuthMode { get; init; }

    /// <summary>SHA-256 of the secret in the cookie of the browser that opened it.</summary>
    public required byte[] BrowserHash { get; init; }

    public SignInStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The practitioner whose identity was proved; set by the approval.</summary>
    public long? PractitionerId { get; private set; }

    public AuthMode? AuthMode { get; private set; }

    /// <summary>
    /// SHA-256 of the handover, with which the card listener sends the browser back; null when a phone approved, because the
    /// browser has not left its page.
    /// </summary>
    public byte[]? HandoverHash { get; private set; }

    /// <summary>The number of the card (extension gipCardID), when a card approved.</summary>
    public string? CardNumber { get; private set; }

    /// <summary>When the certificate ends; the session does not outlive it.</summary>
    public DateTimeOffset? CardExpiresAt { get; private set; }

    /// <summary>Issuer and serial number of the certificate, for later revocation checks.</summary>
    public string? CertificateId { get; private set; }

    /// <summary>The e-CPS that approved; it must still be active when the result is redeemed. Null for a card.</summary>
    public Guid? ECpsId { get; private set; }

    /// <summary>The session that was opened with the result.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Whether it was redeemed or cancelled.</summary>
    public bool IsOver => Status is SignInStatus.Redeemed or SignInStatus.Cancelled;
}

/// <summary>The identity that a card or a phone has proved.</summary>
public sealed record IdentityProof(
    long PractitionerId,
    AuthMode AuthMode,
    string? CardNumber = null,
    DateTimeOffset? CardExpiresAt = null,
    string? CertificateId = null,
    Guid? ECpsId = null);
