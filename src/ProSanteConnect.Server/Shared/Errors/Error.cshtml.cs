using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// What a person sees when it cannot go on: what happened, what to do, an incident number. Reached only by re-execution, with
/// whatever method the failed request had, and never in need of the database.
/// </summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public const string Path = "/erreur";

    public ErrorSentences Sentences { get; private set; } = null!;

    public ProtocolRefusal? Refusal { get; private set; }

    public string IncidentNumber { get; private set; } = "";

    /// <summary>Where "Recommencer" leads: the page whose form was too old.</summary>
    public string? RestartUrl { get; private set; }

    // Before the handler, because a failed POST has none here.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var reExecuted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>();
        if (reExecuted is null && failed is null) Response.StatusCode = StatusCodes.Status404NotFound;

        var stale = HttpContext.Features.Get<StalePage>() is not null;
        Refusal = ProtocolRefusal.Of(HttpContext);
        IncidentNumber = Errors.IncidentNumber.Of(HttpContext);
        Sentences = Refusal is { } refusal
            ? ErrorSentences.For(refusal)
            : ErrorSentences.For(Response.StatusCode, Response.Headers.RetryAfter, stale);
        if (stale && reExecuted is not null) RestartUrl = Restart(reExecuted);
        Response.Headers.CacheControl = "no-store";
    }

    private static string Restart(IStatusCodeReExecuteFeature failed)
    {
        var query = QueryHelpers.ParseQuery(failed.OriginalQueryString);
        query.Remove("handler");
        return failed.OriginalPathBase + failed.OriginalPath + new QueryBuilder(query);
    }
}
