using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>Records each log line as production writes it.</summary>
internal sealed class RecordingLog : ILogEventSink
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyCollection<Line> Lines => _lines;

    public void Clear() => _lines.Clear();

    public void Emit(LogEvent logEvent)
    {
        _lines.Enqueue(new Line(
            logEvent.Level,
            Write(new MessageTemplateTextFormatter("{Message:lj}", CultureInfo.InvariantCulture), logEvent),
            Write(new CompactJsonFormatter(), logEvent)));
    }

    private static string Write(ITextFormatter formatter, LogEvent logEvent)
    {
        using var line = new StringWriter();
        formatter.Format(logEvent, line);
        return line.ToString();
    }

    public sealed record Line(LogEventLevel Level, string Text, string Json);
}
