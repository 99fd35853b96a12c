using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Operation.Cleaning;

/// <summary>How what has expired is removed (section <c>Cleaning</c>).</summary>
internal sealed class CleaningOptions
{
    /// <summary>How often, on each node. From 1 minute to 1 hour; 5 minutes by default, each time a little sooner or later.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many rows one transaction removes. From 10 to 1000; 500 by default.</summary>
    [Range(10, 1000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// How long the journal keeps an event. From 180 to 1096 days (CNIL: 6 to 12 months, 3 years where that is justified); 365
    /// days by default.
    /// </summary>
    [Range(typeof(TimeSpan), "180.00:00:00", "1096.00:00:00")]
    public TimeSpan JournalRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long a message that was sent, expired or given up stays to be seen by the operator, without its content. From 1 to 365
    /// days; 30 days by default.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan OutboxRetention { get; set; } = TimeSpan.FromDays(30);
}
