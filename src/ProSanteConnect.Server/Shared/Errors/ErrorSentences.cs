using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>What happened and what to do next, in the words of a practitioner.</summary>
internal sealed record ErrorSentences(string Title, string Advice, IHtmlContent Icon, bool IsRefusal = false)
{
    public static ErrorSentences For(int status, string? retryAfter, bool stale) => status switch
    {
        _ when stale => new(SharedTexts.StaleTitle, SharedTexts.StaleAdvice, Icons.Clock),
        StatusCodes.Status404NotFound => new(SharedTexts.NotFoundTitle, SharedTexts.NotFoundAdvice, Icons.Question),
        StatusCodes.Status410Gone => new(SharedTexts.StaleTitle, SharedTexts.StaleSignInAdvice, Icons.Clock),
        StatusCodes.Status429TooManyRequests => new(SharedTexts.TooManyTitle, TooMany(retryAfter), Icons.Clock),
        StatusCodes.Status503ServiceUnavailable => new(SharedTexts.UnavailableTitle, SharedTexts.UnavailableAdvice, Icons.Clock),
        >= StatusCodes.Status500InternalServerError => new(SharedTexts.FailedTitle, SharedTexts.FailedAdvice, Icons.Stop),
        _ => new(SharedTexts.RefusedTitle, SharedTexts.RefusedAdvice, Icons.Stop, IsRefusal: true),
    };

    public static ErrorSentences For(ProtocolRefusal refusal) => refusal.IsSignOut
        ? new(SharedTexts.SignOutRefusedTitle, SharedTexts.SignOutRefusedAdvice, Icons.Stop, IsRefusal: true)
        : new(SharedTexts.UnknownApplicationTitle, SharedTexts.BackToApplicationAdvice, Icons.Stop, IsRefusal: true);

    private static string TooMany(string? retryAfter)
    {
        var seconds = int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var minutes = (int)Math.Ceiling(seconds / 60.0);
        return minutes > 1 ? Sentence.Of(SharedTexts.TooManyAdvice, minutes) : SharedTexts.TooManyAdviceOneMinute;
    }
}
