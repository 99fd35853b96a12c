using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>303: the next thing to GET, whatever the method of this request was (RFC 9110 15.4.4; RFC 9700, 4.12).</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}

/// <summary>What a page answers besides itself.</summary>
internal static class PageResults
{
    /// <summary>303: the next thing to GET, whatever the method of this request was (RFC 9700, section 4.12).</summary>
    public static IActionResult SeeOther(this PageModel page, string url)
    {
        page.Response.Headers.Location = url;
        return page.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>410: the page "Cette page a expiré".</summary>
    public static IActionResult Expired(this PageModel page) => page.StatusCode(StatusCodes.Status410Gone);
}
