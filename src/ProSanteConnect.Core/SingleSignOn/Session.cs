namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>
/// A practitioner's session at the provider, shared by all relying parties: 30 minutes idle, 4 hours at most (RIE-PS 13).
/// Its identifier is the claim <c>sid</c>.
/// </summary>
public sealed class Session
{
    public required Guid Id { get; init; }
    public required long PractitionerId { get; init; }

    /// <summary>A copy of the practitioner's, which saves a join for each token.</summary>
    public required string NationalId { get; init; }

    /// <summary>SHA-256 of the secret in the session cookie.</summary>
    public required byte[] CookieHash { get; init; }

    public required AuthMode AuthMode { get; init; }
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The absolute end: after 4 hours, or when the card's certificate or the e-CPS ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The end without further activity.</summary>
    public required DateTimeOffset IdleExpiresAt { get; set; }

    public DateTimeOffset? EndedAt { get; private set; }
    public SessionEndReason? EndReason { get; private set; }

    /// <summary>The address from which the session was opened, shown to the holder.</summary>
    public string IpAddress { get; init; } = "";

    /// <summary>The name of the browser, for example "Firefox sous Windows".</summary>
    public string Browser { get; init; } = "";

    /// <summary>SHA-256 of the User-Agent header: the cookie is refused from another browser (RIE-PS 13).</summary>
    public required byte[] UserAgentHash { get; init; }

    public string? CardNumber { get; init; }

    /// <summary>Issuer and serial number of the card's certificate, for later revocation checks.</summary>
    public string? CertificateId { get; init; }

    /// <summary>The e-CPS that approved; the session ends with it.</summary>
    public Guid? ECpsId { get; init; }

    /// <summary>Whether the authentication is recent enough for actions that cannot be undone (ASVS 7.5.1).</summary>
    public bool IsFreshAt(DateTimeOffset now, TimeSpan atMost) => now - AuthenticatedAt <= atMost;

    public bool IsAliveAt(DateTimeOffset now) => EndedAt is null && now < ExpiresAt && now < IdleExpiresAt;
}

/// <summary>How the practitioner authenticated (wire: the claim <c>authMode</c>, in capital letters).</summary>
public enum AuthMode
{
    Card,
    Mobile,
}

public enum SessionEndReason
{
    SignedOut,
    SignedOutEverywhere,
    Replaced,
    CardRevoked,
    EndedByOperator,
    ECpsDeactivated,
}
