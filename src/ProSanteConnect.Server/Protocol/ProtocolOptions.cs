using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Protocol;

/// <summary>The policies of the protocol (section <c>Protocol</c>; security-checklist §5).</summary>
public sealed class ProtocolOptions
{
    /// <summary>How long an authorization code may be redeemed. From 10 seconds to 1 minute; 60 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:01:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long access and ID tokens live. From 30 seconds to 10 minutes; 120 seconds by default, as at PSC.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:10:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// How long a refresh token waits for its use, never past the end of its session. From 1 to 30 minutes; 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:30:00")]
    public TimeSpan RefreshTokenIdleTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The fixed part of <c>sub</c>, <c>f:{this}:{national identifier}</c>: Keycloak's name of PSC's user federation.
    /// Changing it makes every relying party see new people.
    /// </summary>
    public Guid SubjectNamespace { get; set; } = new("550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd");

    /// <summary>What becomes of <c>acr_values</c> of which none is known: refused (EXI PSC 6), the default, or taken as eidas1.</summary>
    public bool RefuseUnknownAcr { get; set; } = true;
}
