using System.Diagnostics;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Operation.Logs;

/// <summary>
/// Logs one line for each request: method, path, status and time. Query, headers and addresses are left out, because they are personal
/// or secret.
/// </summary>
internal sealed class LogRequests(RequestDelegate next, IOptions<LogOptions> options, ILogger<LogRequests> logger)
{
    private const int LongestPath = 200;
    private const int LongestSegment = 40;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        await next(context);
        if (!IsLogged(context)) return;

        // 499: the client closed the connection before a response.
        var status = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? 499 : context.Response.StatusCode;
        var method = KnownMethod(context.Request.Method);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (status >= StatusCodes.Status500InternalServerError) Log.RequestFailed(logger, method, Path(context), status, elapsed);
        else Log.RequestAnswered(logger, method, Path(context), status, elapsed);
    }

    private bool IsLogged(HttpContext context) => options.Value.Requests switch
    {
        LoggedRequests.None => false,
        LoggedRequests.Refused when context.Response.StatusCode < StatusCodes.Status400BadRequest => false,
        _ => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics"),
    };

    // The pattern of the route names the page without its parameters. Without a route, paths of the protocol are logged, which have no
    // parameters; of other paths the first segment, because later segments may be secret.
    private static string Path(HttpContext context)
    {
        if (Pattern(context) is { } pattern && pattern != ErrorModel.Path) return pattern;

        var path = context.Request.Path.Value ?? "";
        if (context.Request.Path.StartsWithSegments("/auth")) return path.Length <= LongestPath ? path : path[..LongestPath];

        var segments = path.Split('/', 3);
        var first = segments.Length > 1 ? segments[1] : path;
        return $"/{(first.Length <= LongestSegment ? first : first[..LongestSegment])}{(segments.Length > 2 ? "/…" : "")}";
    }

    private static string? Pattern(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? $"/{pattern.TrimStart('/')}" : null;

    // A client may send any text as its method.
    private static string KnownMethod(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method)
            ? method
            : "OTHER";
}

internal static partial class Log
{
    [LoggerMessage(9301, LogLevel.Information, "{Method} {Path} was answered {StatusCode} in {Elapsed:0.0} ms")]
    public static partial void RequestAnswered(ILogger logger, string method, string path, int statusCode, double elapsed);

    [LoggerMessage(9302, LogLevel.Warning, "{Method} {Path} was answered {StatusCode} in {Elapsed:0.0} ms")]
    public static partial void RequestFailed(ILogger logger, string method, string path, int statusCode, double elapsed);
}
