using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>Tells a form without its antiforgery token, most often an old page, from other bad requests.</summary>
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
