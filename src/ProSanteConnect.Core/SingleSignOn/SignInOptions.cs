using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.SingleSignOn;

/// <summary>How long a sign-in and its session last (section <c>SignIn</c>; security-checklist §5).</summary>
public sealed class SignInOptions
{
    /// <summary>How long the sign-in page may stay open. From 1 to 60 minutes; 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After how long without activity a session ends. From 5 to 30 minutes (RIE-PS 13); 30 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "00:30:00")]
    public TimeSpan SessionIdleTime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>When a session ends whatever happens. From 15 minutes to 4 hours (RIE-PS 13); 4 hours by default.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "04:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How old a sign-in may be for activating or deactivating an e-CPS, which cannot be undone. From 1 to 30 minutes; 5
    /// minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:30:00")]
    public TimeSpan FreshAuthentication { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The shortest time between two extensions of the idle time of a session, which saves a write for each
    /// request. From 0 seconds to 2 minutes; 1 minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan ActivityResolution { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a session cookie that arrives from another network address is refused (RIE-PS 13 asks for a policy). Off by
    /// default: in hospital networks the address changes during the day. Another browser is always refused.
    /// </summary>
    public bool BindSessionToAddress { get; set; }
}
