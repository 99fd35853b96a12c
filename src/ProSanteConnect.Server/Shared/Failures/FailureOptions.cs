using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Shared.Failures;

/// <summary>How failures are answered (section <c>Failures</c>).</summary>
internal sealed class FailureOptions
{
    /// <summary>
    /// How long a request may work before its answer starts; then it is answered 503. From 500 milliseconds to 1 minute;
    /// 1.8 seconds by default, so that a frozen database is answered within 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan RequestDeadline { get; set; } = TimeSpan.FromSeconds(1.8);

    /// <summary>The <c>Retry-After</c> of an answer 503. From 1 second to 5 minutes; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}
