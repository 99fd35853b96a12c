using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Answers;
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
        PlainAnswer? answer;
        using (var deadline = new RequestDeadline(context, options.Value.RequestDeadline))
        {
            try
            {
                await next(context);
                return;
            }
            catch (Exception) when (deadline.ClientIsGone)
            {
                Log.ClientLeft(logger);
                answer = null;
            }
            catch (Exception exception)
            {
                answer = AnswerTo(exception, deadline.HasPassed);
            }
        }

        // An answer that has begun cannot be taken back: the connection ends, so that its half is not taken for the whole.
        if (answer is null || context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        await answer.WriteAsync(context);
    }

    private PlainAnswer AnswerTo(Exception exception, bool deadlineHasPassed)
    {
        if (UnreadableStatus(exception) is { } status)
        {
            Log.RequestUnreadable(logger, status);
            return FailureAnswers.UnreadableRequest(status);
        }

        var incident = IncidentNumber.New();
        var failure = DatabaseFailure.Find(exception);
        if (failure is not null || (deadlineHasPassed && exception is OperationCanceledException))
        {
            metrics.DatabaseFailed();
            Log.DatabaseFailed(logger, incident, failure is null ? "no answer within the deadline" : DatabaseFailure.Describe(failure));
            return FailureAnswers.DatabaseUnavailable(incident, options.Value.RetryAfter);
        }

        metrics.ErrorUnhandled();
        Log.ErrorUnhandled(logger, exception, incident);
        return FailureAnswers.UnforeseenError(incident);
    }

    // What the server or its form reader refused is the client's fault and has its own status.
    private static int? UnreadableStatus(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException { Source: "Microsoft.AspNetCore.WebUtilities" } => StatusCodes.Status400BadRequest,
        _ => null,
    };
}
