namespace ProSanteConnect.Server.Shared;

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
