using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// Turns an unhandled exception into a response: a failing database into 503 with <c>Retry-After</c>, an
/// unexpected error into 500, each with an incident number and without any text of the exception (ASVS 16.5.1).
/// </summary>
internal sealed class ExceptionMiddleware(
    RequestDelegate next, IOptions<FailureOptions> options, PscMetrics metrics, TimeProvider clock, ILogger<ExceptionMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await FailureOfAsync(context) is not { } failure) return;

        // A response that has started cannot be replaced: the connection is aborted, so that the client does not accept a truncated body.
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        if (!ResponseFormat.IsPerson(context.Request)) await failure.Error.WriteAsync(context);
        else if (!await ErrorPage.TryShowAsync(context, failure, next, logger)) await failure.WritePlainPageAsync(context);
    }

    private async Task<Failure?> FailureOfAsync(HttpContext context)
    {
        using var deadline = new RequestDeadline(context, options.Value.RequestDeadline, clock);
        try
        {
            await next(context);
            return null;
        }
        catch (Exception) when (deadline.ClientIsGone)
        {
            Log.ClientLeft(logger);
            context.Abort();
            return null;
        }
        catch (Exception exception)
        {
            return AnswerTo(exception, deadline.HasPassed, IncidentNumber.Of(context));
        }
    }

    private Failure AnswerTo(Exception exception, bool deadlineHasPassed, string incident)
    {
        if (UnreadableStatus(exception) is { } status)
        {
            Log.RequestUnreadable(logger, status);
            return Failure.UnreadableRequest(status);
        }

        var failure = DatabaseFailure.Find(exception);
        if (failure is not null || (deadlineHasPassed && exception is OperationCanceledException))
        {
            metrics.DatabaseFailed();
            Log.DatabaseFailed(logger, incident, failure is null ? "no answer within the deadline" : DatabaseFailure.Describe(failure));
            return Failure.DatabaseUnavailable(options.Value.RetryAfter);
        }

        metrics.ErrorUnhandled();
        Log.ErrorUnhandled(logger, exception, incident);
        return Failure.Unforeseen;
    }

    // A request that the server or the form reader refused is the client's fault and has its own status.
    private static int? UnreadableStatus(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException { Source: "Microsoft.AspNetCore.WebUtilities" } => StatusCodes.Status400BadRequest,
        _ => null,
    };
}

/// <summary>Shows the error page for an exception, by re-executing the pipeline.</summary>
internal static class ErrorPage
{
    /// <summary>False when it cannot be shown, for example because the error page itself failed.</summary>
    public static async Task<bool> TryShowAsync(HttpContext context, Failure failure, RequestDelegate next, ILogger logger)
    {
        var path = context.Request.Path;
        failure.Error.Begin(context.Response);
        context.Features.Set<IExceptionHandlerFeature>(new Failed(path));
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Request.Path = ErrorModel.Path;
        try
        {
            await next(context);
            return context.Response.HasStarted;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.ErrorPageFailed(logger, exception);
            context.Response.Clear();
            return false;
        }
        finally
        {
            context.Request.Path = path;
        }
    }

    // As ASP.NET Core's own exception handler does; the exception itself is only logged.
    private sealed record Failed(string Path) : IExceptionHandlerFeature
    {
        public Exception Error { get; } = new InvalidOperationException("See the log.");
    }
}

/// <summary>How failures are answered (section <c>Failures</c>).</summary>
internal sealed class FailureOptions
{
    /// <summary>
    /// How long a request may take before its response starts; then the response is 503. From 500 milliseconds to 1 minute;
    /// 1.8 seconds by default, so that a request to a database that hangs is answered within 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan RequestDeadline { get; set; } = TimeSpan.FromSeconds(1.8);

    /// <summary>The <c>Retry-After</c> of an answer 503. From 1 second to 5 minutes; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}

internal static class FailuresFeature
{
    public static IServiceCollection AddFailures(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<FailureOptions>().BindConfiguration("Failures").ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PscMetrics>();
        return services;
    }

    /// <summary>Before everything that may fail: the engine runs inside <c>UseAuthentication</c>.</summary>
    public static IApplicationBuilder UseExceptionMiddleware(this IApplicationBuilder app) => app.UseMiddleware<ExceptionMiddleware>();
}
