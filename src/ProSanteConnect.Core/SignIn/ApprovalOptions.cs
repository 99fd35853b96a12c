using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.SignIn;

/// <summary>Approval requests on the phone (section <c>Approval</c>; security-checklist §5).</summary>
public sealed class ApprovalOptions
{
    /// <summary>How long the phone may answer. From 30 seconds to 5 minutes; 120 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long "ce n'est pas moi" keeps unknown browsers away from the phone. From 1 hour to 7 days; 24 hours by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00")]
    public TimeSpan FreezeAfterNotMe { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many wrong numbers in an hour keep unknown browsers away for an hour. From 1 to 10; 3 by default.</summary>
    [Range(1, 10)]
    public int WrongNumbersPerHour { get; set; } = 3;
}
