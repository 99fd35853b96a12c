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

        // The static logger stays untouched: several hosts may run in one process.
        services.AddSerilog(
            (provider, logger) => Configure(
                logger,
                provider.GetRequiredService<IOptions<LogOptions>>().Value,
                provider.GetRequiredService<IHostEnvironment>(),
                provider.GetServices<ILogEventSink>()),
            preserveStaticLogger: true);
        return services;
    }

    /// <summary>Outside the failure answers, so that it sees the status that was answered.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<LogRequests>();

    private static void Configure(
        LoggerConfiguration logger, LogOptions options, IHostEnvironment environment, IEnumerable<ILogEventSink> others)
    {
        logger.MinimumLevel.Is(options.Level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // Its requests and answers are written out at lower levels, parameters included.
            .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning)
            // What fails there reaches the failure answers, or the job that asked, and is logged once by them.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // What keeps the host from starting is said in one sentence by who started it.
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
