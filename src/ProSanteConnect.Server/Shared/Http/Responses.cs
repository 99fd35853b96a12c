using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ProSanteConnect.Server.Shared.Http;

/// <summary>303: the client follows with GET, whatever the method of this request (RFC 9110, section 15.4.4; RFC 9700, section 4.12).</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}

/// <summary>Results of pages.</summary>
internal static class PageResults
{
    /// <summary>303: the browser follows with GET, whatever the method of this request (RFC 9700, section 4.12).</summary>
    public static IActionResult SeeOther(this PageModel page, string url)
    {
        page.Response.Headers.Location = url;
        return page.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>410: the page "Cette page a expiré".</summary>
    public static IActionResult Expired(this PageModel page) => page.StatusCode(StatusCodes.Status410Gone);
}

/// <summary>A complete JSON response that must not be cached (RFC 6749, section 5.1).</summary>
internal static class JsonResponse
{
    public static Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> document)
    {
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        return response.Body.WriteAsync(document, response.HttpContext.RequestAborted).AsTask();
    }
}
