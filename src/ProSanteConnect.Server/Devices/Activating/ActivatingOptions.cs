using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Devices.Activating;

/// <summary>How the API answers who has proved nothing yet (section <c>Activating</c>).</summary>
internal sealed class ActivatingOptions
{
    /// <summary>
    /// How long the search for an RPPS number and the request for a mail take at least, so that the work done is not seen
    /// (security-checklist T7). From 0 to 1.5 seconds; 500 milliseconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01.5")]
    public TimeSpan FloorTime { get; set; } = TimeSpan.FromMilliseconds(500);
}
