using System.Text.Encodings.Web;
using ProSanteConnect.Server.Shared.Answers;
using ProSanteConnect.Server.Shared.Errors;

namespace ProSanteConnect.Server.Shared.Failures;

/// <summary>What is answered when a request could not be served, to a program and, in two sentences, to a person.</summary>
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

    /// <summary>A page that needs no view: for when the error page is what failed.</summary>
    public Task WritePlainPageAsync(HttpContext context)
    {
        var english = Reader.PrefersEnglish(context.Request);
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
