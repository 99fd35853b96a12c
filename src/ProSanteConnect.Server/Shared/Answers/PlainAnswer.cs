using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProSanteConnect.Server.Shared.Answers;

/// <summary>
/// An answer that can always be given, whatever has failed: a page that needs no view, no database and no other file, or
/// the OAuth error (RFC 6749, section 5.2) to a program.
/// </summary>
internal sealed record PlainAnswer
{
    public required int Status { get; init; }

    /// <summary>The OAuth error, and what a developer reads with it: ASCII without quotes (RFC 6749, section 5.2).</summary>
    public required string Error { get; init; }

    public required string ErrorDescription { get; init; }
    public required PlainPage French { get; init; }
    public required PlainPage English { get; init; }

    /// <summary>For support to find the event in the log; null when there is nothing to find.</summary>
    public string? Incident { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } wait) context.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;

        return Reader.IsPerson(context.Request) ? WritePageAsync(context) : WriteJsonAsync(context);
    }

    private Task WriteJsonAsync(HttpContext context)
    {
        var description = Incident is null ? ErrorDescription : $"{ErrorDescription} Incident {Incident}.";
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(
            $$"""{"error":"{{JsonEncodedText.Encode(Error)}}","error_description":"{{JsonEncodedText.Encode(description)}}"}""");
    }

    private Task WritePageAsync(HttpContext context)
    {
        var english = Reader.PrefersEnglish(context.Request);
        var page = english ? English : French;
        var html = HtmlEncoder.Default;

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="{(english ? "en" : "fr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{html.Encode(page.Title)}</title>
            <style nonce="{context.CspNonce()}">{PlainPage.Style}</style>
            </head>
            <body>
            <main>
            <h1>{html.Encode(page.Title)}</h1>
            <p>{html.Encode(page.Text)}</p>
            {TryAgain(context.Request, english)}
            {IncidentLine(english)}
            </main>
            </body>
            </html>
            """);
    }

    // A form that was posted is not repeated by a link.
    private string TryAgain(HttpRequest request, bool english) => RetryAfter is not null && HttpMethods.IsGet(request.Method)
        ? $"""<p><a class="action" href="">{(english ? "Try again" : "Réessayer")}</a></p>"""
        : "";

    private string IncidentLine(bool english) => Incident is null
        ? ""
        : $"""<p class="incident">{(english ? "Incident number:" : "Numéro d’incident :")} <strong>{Incident}</strong></p>""";
}
