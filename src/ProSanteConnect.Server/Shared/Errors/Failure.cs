using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>The answers to a request that could not be served: JSON for a program, two sentences for a person.</summary>
internal sealed record Failure(OAuthError Error, Failure.Sentences French, Failure.Sentences English)
{
    public static Failure DatabaseUnavailable(TimeSpan retryAfter) => new(
        new OAuthError(
            StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable", "The service is temporarily unavailable; try again later.", retryAfter, IsIncident: true),
        new Sentences("Le service est momentanément indisponible.", "Réessayez dans une minute."),
        new Sentences("The service is temporarily unavailable.", "Try again in a minute."));

    public static Failure Unforeseen { get; } = new(
        new OAuthError(StatusCodes.Status500InternalServerError, "server_error", "The request could not be processed.", IsIncident: true),
        new Sentences("Une erreur est survenue.", "Elle vient de notre côté et nous en gardons la trace. Réessayez dans un instant."),
        new Sentences("Something went wrong.", "It is on our side, and we keep a record of it. Try again in a moment."));

    public static Failure UnreadableRequest(int status) => new(
        new OAuthError(status, "invalid_request", "The request could not be read."),
        new Sentences("Cette demande n’a pas pu être lue.", "Revenez à votre application et recommencez."),
        new Sentences("This request could not be read.", "Go back to your application and start again."));

    /// <summary>A page without a view, for when the error page itself failed.</summary>
    public Task WritePlainPageAsync(HttpContext context)
    {
        var english = ResponseFormat.PrefersEnglish(context.Request);
        var (title, advice) = english ? English : French;
        var number = HtmlEncoder.Default.Encode(IncidentNumber.Of(context));
        var incident = Error.IsIncident
            ? $"""<p class="incident">{(english ? "Incident number:" : "Numéro d’incident :")} <strong id="incident">{number}</strong></p>"""
            : "";

        Error.Begin(context.Response);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="{(english ? "en" : "fr")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title.TrimEnd('.')} – ProSanteConnect</title>
            <link rel="stylesheet" href="/psc.css">
            </head>
            <body>
            <main class="column">
            <h1>{title}</h1>
            <p class="lead">{advice}</p>
            {incident}
            </main>
            </body>
            </html>
            """);
    }

    /// <summary>What happened, and what to do.</summary>
    internal sealed record Sentences(string Title, string Advice);
}

/// <summary>
/// A refusal for a program (RFC 6749, section 5.2; the description is ASCII without quotes). An incident has
/// details in the log, and its number is in the answer.
/// </summary>
internal sealed record OAuthError(int Status, string Error, string Description, TimeSpan? RetryAfter = null, bool IsIncident = false)
{
    /// <summary>Sets status and headers; the error page is then shown to a person.</summary>
    public void Begin(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } wait) response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
    }

    public Task WriteAsync(HttpContext context)
    {
        Begin(context.Response);
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;

        var description = IsIncident ? $"{Description} Incident {IncidentNumber.Of(context)}." : Description;
        return ResponseFormat.ReadsProblems(context.Request) ? WriteProblemAsync(context, description) : WriteOAuthAsync(context, description);
    }

    private Task WriteOAuthAsync(HttpContext context, string description)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(
            $$"""{"error":"{{JsonEncodedText.Encode(Error)}}","error_description":"{{JsonEncodedText.Encode(description)}}"}""");
    }

    // RFC 9457, like every refusal of the phone's API; the code is the same word with hyphens.
    private Task WriteProblemAsync(HttpContext context, string description)
    {
        context.Response.ContentType = MediaTypeNames.Application.ProblemJson;
        var members = new Dictionary<string, object>
        {
            ["type"] = ProblemType.Of(Error.Replace('_', '-')),
            ["status"] = Status,
            ["detail"] = description,
        };
        if (IsIncident) members["incident"] = IncidentNumber.Of(context);
        return context.Response.WriteAsync(JsonSerializer.Serialize(members));
    }
}

/// <summary>The <c>type</c> of a problem (RFC 9457, section 3.1.1): a URN, because there is no page to fetch.</summary>
internal static class ProblemType
{
    public const string Prefix = "urn:prosanteconnect:problem:";

    public static string Of(string code) => Prefix + code;
}
