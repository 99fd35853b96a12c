using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using ProSanteConnect.Server.Shared.Clients;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>
/// The error page: what happened, what to do, an incident number. Reached only by re-execution, with
/// the method of the failed request; it needs no database.
/// </summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel(ClientDirectory clients, IOptions<ErrorPageOptions> options) : PageModel
{
    public const string Path = "/erreur";

    public ErrorSentences Sentences { get; private set; } = null!;

    /// <summary>What the developer of a refused relying party needs to know.</summary>
    public DeveloperNotes? Notes { get; private set; }

    public string IncidentNumber { get; private set; } = "";

    /// <summary>Where "Recommencer" leads: the page whose form was too old.</summary>
    public string? RestartUrl { get; private set; }

    // Not in a handler: the page has no handler for a failed POST.
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var reExecuted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var failed = HttpContext.Features.Get<IExceptionHandlerFeature>();
        if (reExecuted is null && failed is null) Response.StatusCode = StatusCodes.Status404NotFound;

        var stale = HttpContext.Features.Get<StalePage>() is not null;
        IncidentNumber = Errors.IncidentNumber.Of(HttpContext);
        Sentences = ErrorSentences.For(Response.StatusCode, Response.Headers.RetryAfter, stale);
        if (ProtocolRefusal.Of(HttpContext) is { } refusal) Explain(refusal, reExecuted);
        if (stale && reExecuted is not null) RestartUrl = Restart(reExecuted);
        Response.Headers.CacheControl = "no-store";
    }

    private void Explain(ProtocolRefusal refusal, IStatusCodeReExecuteFeature? reExecuted)
    {
        // The request expired with its sign-in: the relying party made no mistake.
        if (refusal.Sent.Count == 0 && reExecuted?.OriginalQueryString?.Contains("demande=", StringComparison.Ordinal) == true)
        {
            Sentences = ErrorSentences.For(StatusCodes.Status410Gone, retryAfter: null, stale: false);
            return;
        }

        var client = clients.Find(refusal.ValueOf(OpenIddictConstants.Parameters.ClientId));
        Sentences = ErrorSentences.For(refusal);
        Notes = DeveloperNotes.About(refusal, client, options.Value);
    }

    private static string Restart(IStatusCodeReExecuteFeature failed)
    {
        var query = QueryHelpers.ParseQuery(failed.OriginalQueryString);
        query.Remove("handler");
        return failed.OriginalPathBase + failed.OriginalPath + new QueryBuilder(query);
    }
}

/// <summary>What the error page tells the developer of a relying party (section <c>ErrorPage</c>).</summary>
internal sealed class ErrorPageOptions
{
    /// <summary>
    /// Whether the page lists the redirect URIs that are registered for the client that was named. Off by default; the
    /// sandbox turns it on.
    /// </summary>
    public bool ShowRegisteredAddresses { get; set; }
}

/// <summary>Marks a request whose form came from an expired page: the error page says so and offers to start again.</summary>
internal sealed record StalePage;

/// <summary>Distinguishes a missing or invalid antiforgery token, usually of an old page, from other bad requests.</summary>
internal sealed class MarkStalePage : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult) context.HttpContext.Features.Set(new StalePage());
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
