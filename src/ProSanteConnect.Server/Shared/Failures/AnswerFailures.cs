using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Answers;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Telemetry;

namespace ProSanteConnect.Server.Shared.Failures;

/// <summary>
/// Turns what nobody else has caught into an answer of ours: a failing database into 503 that may be tried again, an
/// unforeseen error into 500, each with an incident number and never a word of the exception (ASVS 16.5.1).
/// </summary>
internal sealed class AnswerFailures(
    RequestDelegate next, IOptions<FailureOptions> options, PscMetrics metrics, ILogger<AnswerFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await FailureOfAsync(context) is not { } failure) return;

        // An answer that has begun cannot be taken back: the connection ends, so that its half is not taken for the whole.
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        if (!Reader.IsPerson(context.Request)) await failure.Error.WriteAsync(context);
        else if (!await ErrorPage.TryShowAsync(context, failure, next, logger)) await failure.WritePlainPageAsync(context);
    }

    private async Task<Failure?> FailureOfAsync(HttpContext context)
    {
        using var deadline = new RequestDeadline(context, options.Value.RequestDeadline);
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

    // What the server or its form reader refused is the client's fault and has its own status.
    private static int? UnreadableStatus(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException { Source: "Microsoft.AspNetCore.WebUtilities" } => StatusCodes.Status400BadRequest,
        _ => null,
    };
}
