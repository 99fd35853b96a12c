namespace ProSanteConnect.Core.SignIn;

/// <summary>A grant with what a token of it needs to know of its session, read in one query.</summary>
public sealed record LiveGrant
{
    public required Grant Grant { get; init; }
    public required long PractitionerId { get; init; }
    public required string NationalId { get; init; }
    public required AuthMode AuthMode { get; init; }
    public required DateTimeOffset AuthenticatedAt { get; init; }
    public required DateTimeOffset SessionExpiresAt { get; init; }
    public required DateTimeOffset SessionIdleExpiresAt { get; init; }
    public required DateTimeOffset? SessionEndedAt { get; init; }
    public required string? CertificateId { get; init; }

    /// <summary>When the directory last changed the person; what was computed from an older state is stale.</summary>
    public required DateTimeOffset PractitionerUpdatedAt { get; init; }

    public required bool IsPractitionerListed { get; init; }

    /// <summary>Whether the token by which the grant was found was revoked alone.</summary>
    public bool IsTokenRevoked { get; init; }

    public bool IsSessionAliveAt(DateTimeOffset now) =>
        SessionEndedAt is null && IsPractitionerListed && now < SessionExpiresAt && now < SessionIdleExpiresAt;

    public bool IsActiveAt(DateTimeOffset now) => Grant.Status == GrantStatus.Active && IsSessionAliveAt(now);

    public bool IsRedeemableAt(DateTimeOffset now) =>
        Grant.Status == GrantStatus.CodeIssued && now < Grant.CodeExpiresAt && IsSessionAliveAt(now);
}
