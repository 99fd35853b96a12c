using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Shared.Watching;

/// <summary>How pages and phones that wait learn of news (section <c>Watching</c>).</summary>
internal sealed class WatchingOptions
{
    /// <summary>How often the database is asked for news, for all who wait at once. From 100 milliseconds to 2 seconds; 400 milliseconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(400);
}
