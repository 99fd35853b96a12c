using Microsoft.AspNetCore.Diagnostics;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Failures;

/// <summary>Shows the error page of all other refusals for a failure too, by going through the pipeline once more.</summary>
internal static class ErrorPage
{
    /// <summary>False when it cannot be shown, for example because it is what failed.</summary>
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

    // What ASP.NET Core's own exception handler tells the page; the exception itself is for the log alone.
    private sealed record Failed(string Path) : IExceptionHandlerFeature
    {
        public Exception Error { get; } = new InvalidOperationException("See the log.");
    }
}
