using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Operation.Health;

/// <summary>When a node tells the balancer to send it nothing (section <c>Health</c>).</summary>
internal sealed class HealthOptions
{
    /// <summary>How long the database may take to answer the probe. From 100 milliseconds to 10 seconds; 1 second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan DatabaseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far the node's clock may be from the database's (R10). From 1 second to 1 minute; 5 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a node that stops still serves while it says that it is not ready, for the balancer to notice (R15). From 0 to
    /// 60 seconds; 5 seconds by default, none in development.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan? DrainTime { get; set; }

    /// <summary>How long requests in flight may take to end after that. From 1 second to 2 minutes; 25 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
