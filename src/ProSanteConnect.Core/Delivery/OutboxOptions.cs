using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Delivery;

/// <summary>How messages leave (section <c>Outbox</c>).</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>
    /// How often a node polls for messages of other nodes; its own messages wake it at once. From 100 milliseconds to 1 minute;
    /// 1 second by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long one attempt may take; after that another worker may take the message. From 5 seconds to 10
    /// minutes; 1 minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages of one channel a worker reads at a time. From 1 to 500; 50 by default.</summary>
    [Range(1, 500)]
    public int BatchSize { get; set; } = 50;

    /// <summary>After how many failed attempts a message is a dead letter. From 3 to 10,000; 100 by default, about an hour and a half.</summary>
    [Range(3, 10_000)]
    public int MaxAttempts { get; set; } = 100;

    /// <summary>The longest pause between two attempts; the pauses before are 1, 2, 4 … seconds. From 1 second to 1 hour; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after the given number of failed attempts.</summary>
    public TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Clamp(attempts - 1, 0, 30)), MaxPause.TotalSeconds));
}
