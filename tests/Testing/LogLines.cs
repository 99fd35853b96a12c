using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ProSanteConnect.Testing;

/// <summary>Keeps the log lines of a host from a level on.</summary>
public sealed class LogLines(LogLevel from) : ILoggerProvider, ILogger
{
    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    /// <summary>Waits for a line that contains a text, at most 30 seconds.</summary>
    /// <exception cref="OperationCanceledException">No such line came.</exception>
    public async Task WaitForAsync(string text, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var line in _arrived.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;

        var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}";
        lock (_lines) _lines.Add(line);
        _arrived.Writer.TryWrite(line);
    }

    public void Dispose() => _arrived.Writer.TryComplete();
}
