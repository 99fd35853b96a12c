using ProSanteConnect.Server.Shared.Answers;

namespace ProSanteConnect.Server.Shared.Failures;

/// <summary>What is answered when a request could not be served.</summary>
internal static class FailureAnswers
{
    public static PlainAnswer DatabaseUnavailable(string incident, TimeSpan retryAfter) => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Error = "temporarily_unavailable",
        ErrorDescription = "The service is temporarily unavailable; try again later.",
        French = new PlainPage("Service indisponible", "Le service est momentanément indisponible. Réessayez dans une minute."),
        English = new PlainPage("Service unavailable", "The service is temporarily unavailable. Try again in a minute."),
        Incident = incident,
        RetryAfter = retryAfter,
    };

    public static PlainAnswer UnforeseenError(string incident) => new()
    {
        Status = StatusCodes.Status500InternalServerError,
        Error = "server_error",
        ErrorDescription = "The request could not be processed.",
        French = new PlainPage(
            "Une erreur est survenue",
            "Un problème de notre côté nous empêche de continuer. Revenez à votre application et recommencez ; si cela se reproduit, transmettez le numéro d’incident à votre support."),
        English = new PlainPage(
            "Something went wrong",
            "A problem on our side keeps us from going on. Go back to your application and start again; if it happens again, give the incident number to your support."),
        Incident = incident,
    };

    public static PlainAnswer UnreadableRequest(int status) => new()
    {
        Status = status,
        Error = "invalid_request",
        ErrorDescription = "The request could not be read.",
        French = new PlainPage("Demande illisible", "Cette demande n’a pas pu être lue. Revenez à votre application et recommencez."),
        English = new PlainPage("Unreadable request", "This request could not be read. Go back to your application and start again."),
    };
}
