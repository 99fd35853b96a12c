using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Shared.Timing;

/// <summary>
/// The least that answers take which must not tell by their time who is in the directory (section <c>FloorTime</c>;
/// security-checklist T6, T7).
/// </summary>
internal sealed class FloorTimeOptions
{
    /// <summary>The phone's search for an RPPS number, and its request for a mail. From 0 to 1.5 seconds; 500 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.5")]
    public TimeSpan Directory { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The sign-in page's request to a phone. From 0 to 1.5 seconds; 150 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.5")]
    public TimeSpan Approval { get; set; } = TimeSpan.FromMilliseconds(150);
}
