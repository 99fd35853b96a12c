using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace ProSanteConnect.Server.Operation.Logs;

/// <summary>
/// The last step before a log event is written. Removes the messages of exceptions, because they may quote input; keeps types and stack
/// traces. Escapes control characters, so that input cannot forge a line (security-checklist T20).
/// </summary>
internal sealed class SafeSink(ILogEventSink inner) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent)
    {
        // ASP.NET Core adds the path to every event of a request, including secret segments.
        logEvent.RemovePropertyIfPresent("RequestPath");
        inner.Emit(IsSafe(logEvent) ? logEvent : Sanitized(logEvent));
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private static bool IsSafe(LogEvent logEvent) =>
        logEvent.Exception is null && logEvent.Properties.Values.All(value => !HasControlCharacter(value));

    private static LogEvent Sanitized(LogEvent logEvent) => new(
        logEvent.Timestamp,
        logEvent.Level,
        logEvent.Exception is null ? null : new SafeException(logEvent.Exception),
        logEvent.MessageTemplate,
        logEvent.Properties.Select(p => new LogEventProperty(p.Key, HasControlCharacter(p.Value) ? Escaped(p.Value) : p.Value)),
        logEvent.TraceId ?? default,
        logEvent.SpanId ?? default);

    private static bool HasControlCharacter(LogEventPropertyValue value) => Text(value) is { } text && text.Any(char.IsControl);

    private static string? Text(LogEventPropertyValue value) =>
        value is ScalarValue scalar ? scalar.Value as string : value.ToString();

    private static ScalarValue Escaped(LogEventPropertyValue value) =>
        new(string.Concat(Text(value)!.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())));
}

/// <summary>Shows types and stack traces of an exception, without its messages.</summary>
internal sealed class SafeException(Exception exception) : Exception
{
    public override string Message => "";

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (text.Length > 0) text.Append(" ---> ");
            text.Append(current.GetType().FullName).AppendLine().AppendLine(current.StackTrace);
        }

        return text.ToString().TrimEnd();
    }
}
