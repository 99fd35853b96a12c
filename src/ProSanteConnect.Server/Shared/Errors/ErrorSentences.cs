using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>What happened and what to do next, in the words of a practitioner; the code is the catalogue's (docs/errors.md).</summary>
internal sealed record ErrorSentences(string Code, string Title, string Advice, IHtmlContent Icon, bool IsRefusal = false)
{
    public static ErrorSentences For(int status, string? retryAfter, bool stale) => status switch
    {
        _ when stale => new("page-expired", SharedTexts.StaleTitle, SharedTexts.StaleAdvice, Icons.Clock),
        StatusCodes.Status404NotFound => new("page-not-found", SharedTexts.NotFoundTitle, SharedTexts.NotFoundAdvice, Icons.Question),
        StatusCodes.Status410Gone => new("sign-in-expired", SharedTexts.StaleTitle, SharedTexts.StaleSignInAdvice, Icons.Clock),
        StatusCodes.Status429TooManyRequests => new("too-many-requests", SharedTexts.TooManyTitle, TooMany(retryAfter), Icons.Clock),
        StatusCodes.Status503ServiceUnavailable => new("service-unavailable", SharedTexts.UnavailableTitle, SharedTexts.UnavailableAdvice, Icons.Clock),
        >= StatusCodes.Status500InternalServerError => new("internal-error", SharedTexts.FailedTitle, SharedTexts.FailedAdvice, Icons.Stop),
        _ => new("request-refused", SharedTexts.RefusedTitle, SharedTexts.RefusedAdvice, Icons.Stop, IsRefusal: true),
    };

    public static ErrorSentences For(ProtocolRefusal refusal) => refusal.IsSignOut
        ? new("sign-out-refused", SharedTexts.SignOutRefusedTitle, SharedTexts.SignOutRefusedAdvice, Icons.Stop, IsRefusal: true)
        : new("application-unknown", SharedTexts.UnknownApplicationTitle, SharedTexts.BackToApplicationAdvice, Icons.Stop, IsRefusal: true);

    private static string TooMany(string? retryAfter)
    {
        var seconds = int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var minutes = (int)Math.Ceiling(seconds / 60.0);
        return minutes > 1 ? Sentence.Of(SharedTexts.TooManyAdvice, minutes) : SharedTexts.TooManyAdviceOneMinute;
    }
}

/// <summary>The number that a person gives to support: the beginning of the trace id, which stands on every log line of the request.</summary>
internal static class IncidentNumber
{
    private const int Length = 8;

    public static string Of(HttpContext context) =>
        Activity.Current is { } activity ? activity.TraceId.ToHexString()[..Length] : context.TraceIdentifier;
}
