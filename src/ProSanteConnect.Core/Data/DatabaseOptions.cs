using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Data;

/// <summary>Which database holds everything (section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> (default), <c>PostgreSql</c> or <c>SqlServer</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The ADO.NET connection string of the provider.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=prosanteconnect.db";

    /// <summary>
    /// How long one command may take before the database counts as unavailable. From 1 to 30 seconds; 1 second by default,
    /// so that an answer can still be given within two.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether SQLite waits for the disk at each commit (<c>synchronous=FULL</c>, true by default). Without it the last
    /// commits may be lost when the machine loses power, never when only the process ends.
    /// </summary>
    public bool WaitForDisk { get; set; } = true;
}
