using System.ComponentModel.DataAnnotations;
using Serilog.Events;

namespace ProSanteConnect.Server.Operation.Logs;

/// <summary>What is logged, and where to (section <c>Logs</c>).</summary>
internal sealed class LogOptions
{
    /// <summary><c>Verbose</c>, <c>Debug</c>, <c>Information</c> (default), <c>Warning</c>, <c>Error</c> or <c>Fatal</c>.</summary>
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary><c>Json</c> (one object a line), <c>Text</c>, or <c>Auto</c> (default): JSON in production, text in development.</summary>
    public LogFormat Format { get; set; } = LogFormat.Auto;

    /// <summary><c>All</c> (default), <c>Refused</c> (status 400 and above) or <c>None</c>. Probes are never logged.</summary>
    public LoggedRequests Requests { get; set; } = LoggedRequests.All;

    /// <summary>Whether the standard output is written to. True by default.</summary>
    public bool Console { get; set; } = true;

    /// <summary>A folder for one file a day; none by default.</summary>
    public string? Folder { get; set; }

    /// <summary>How many daily files are kept. From 1 to 366; 31 by default.</summary>
    [Range(1, 366)]
    public int KeptFiles { get; set; } = 31;
}

internal enum LogFormat
{
    Auto,
    Json,
    Text,
}

internal enum LoggedRequests
{
    All,
    Refused,
    None,
}
