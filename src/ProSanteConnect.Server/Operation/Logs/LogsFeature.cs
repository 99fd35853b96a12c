using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace ProSanteConnect.Server.Operation.Logs;

internal static class LogsFeature
{
    public static IServiceCollection AddLogs(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LogOptions>().BindConfiguration("Logs").ValidateDataAnnotations();

        // Not the static logger: several hosts may run in one process.
        services.AddSerilog(
            (provider, logger) => Configure(
                logger,
                provider.GetRequiredService<IOptions<LogOptions>>().Value,
                provider.GetRequiredService<IHostEnvironment>(),
                provider.GetServices<ILogEventSink>()),
            preserveStaticLogger: true);
        return services;
    }

    /// <summary>Goes before the exception middleware, so that it sees the final status.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<LogRequests>();

    private static void Configure(
        LoggerConfiguration logger, LogOptions options, IHostEnvironment environment, IEnumerable<ILogEventSink> others)
    {
        logger.MinimumLevel.Is(options.Level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // OpenIddict logs requests and responses with their parameters at lower levels.
            .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning)
            // These failures reach the exception middleware or the calling job, which logs them once.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // The start code prints one sentence for what prevents the start.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .Enrich.FromLogContext();

        var formatter = Formatter(options.Format, environment);
        logger.WriteTo.Sink(LoggerSinkConfiguration.Wrap(sink => new SafeSink(sink), sinks =>
        {
            if (options.Console) sinks.Console(formatter);
            if (options.Folder is { Length: > 0 } folder)
                sinks.File(formatter, Path.Combine(folder, "prosanteconnect-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: options.KeptFiles);
            foreach (var other in others) sinks.Sink(other);
        }));
    }

    private static ITextFormatter Formatter(LogFormat format, IHostEnvironment environment) =>
        format == LogFormat.Json || (format == LogFormat.Auto && !environment.IsDevelopment())
            ? new CompactJsonFormatter()
            : new MessageTemplateTextFormatter(
                "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture);
}

/// <summary>Level, format and destinations of the log (section <c>Logs</c>).</summary>
internal sealed class LogOptions
{
    /// <summary><c>Verbose</c>, <c>Debug</c>, <c>Information</c> (default), <c>Warning</c>, <c>Error</c> or <c>Fatal</c>.</summary>
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary><c>Json</c> (one object a line), <c>Text</c>, or <c>Auto</c> (default): JSON in production, text in development.</summary>
    public LogFormat Format { get; set; } = LogFormat.Auto;

    /// <summary><c>All</c> (default), <c>Refused</c> (status 400 and above) or <c>None</c>. Probes are never logged.</summary>
    public LoggedRequests Requests { get; set; } = LoggedRequests.All;

    /// <summary>Whether to log to the standard output. True by default.</summary>
    public bool Console { get; set; } = true;

    /// <summary>A folder for daily log files; none by default.</summary>
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
