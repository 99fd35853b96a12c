using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Shared.SecurityHeaders;

/// <summary>What browsers are told to remember (section <c>SecurityHeaders</c>).</summary>
internal sealed class SecurityHeadersOptions
{
    /// <summary>
    /// Whether browsers are told to use https only (HSTS, RFC 6797). True by default; sent over https in production, never for
    /// this machine's own name.
    /// </summary>
    public bool StrictTransport { get; set; } = true;

    /// <summary>How long they remember it. From 1 to 3 years (ASVS 3.4.1); 2 years by default.</summary>
    [Range(typeof(TimeSpan), "365.00:00:00", "1096.00:00:00")]
    public TimeSpan StrictTransportAge { get; set; } = TimeSpan.FromDays(730);

    /// <summary>Whether it holds for the names under ours too. True by default (ASVS 3.4.1).</summary>
    public bool StrictTransportForSubdomains { get; set; } = true;
}
