using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Errors;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.SignIn.Card;

/// <summary>The page of a refused card: the reason, what to do next, and the link back to the sign-in.</summary>
internal sealed class CardRefusedModel : PageModel
{
    public RefusalSentences Sentences { get; private set; } = null!;

    public string Incident { get; private set; } = "";

    public string RestartUrl { get; private set; } = "/connexion";

    public string ECpsUrl { get; private set; } = "/connexion";

    public static string UrlFor(CardRefusal reason, DateTimeOffset? when, Guid signInRequestId) =>
        $"/carte/refusee?motif={reason.Code()}{(when is { } date ? $"&date={date:yyyy-MM-dd}" : "")}&demande={signInRequestId}";

    public void OnGet([FromQuery(Name = "motif")] string? reason, string? date, [FromQuery(Name = "demande")] Guid? signInRequestId)
    {
        Sentences = RefusalSentences.For(reason, date);
        Response.StatusCode = Sentences.Status;
        Incident = IncidentNumber.Of(HttpContext);
        if (signInRequestId is not { } id) return;

        RestartUrl = SignInStart.PageOf(id);
        ECpsUrl = SignInStart.PageOf(id, AuthMode.Mobile);
    }
}

/// <summary>The reason of the refusal and what to do next, for each code of the error catalogue (screens C3).</summary>
internal sealed record RefusalSentences(string Title, string Advice, int Status = StatusCodes.Status403Forbidden)
{
    public static RefusalSentences For(string? code, string? date) => code switch
    {
        "card-absent" => new(SignInTexts.NoCardTitle, SignInTexts.NoCardAdvice),
        "card-expired" => new(
            Dated(SignInTexts.CardExpiredOnTitle, date) ?? SignInTexts.CardExpiredTitle, SignInTexts.CardExpiredAdvice),
        "card-not-yet-valid" => new(
            Dated(SignInTexts.CardNotYetValidOnTitle, date) ?? SignInTexts.CardNotYetValidTitle, SignInTexts.CardNotYetValidAdvice),
        "card-revoked" => new(SignInTexts.CardRevokedTitle, SignInTexts.CardRevokedAdvice),
        "card-wrong-certificate" => new(SignInTexts.WrongCertificateTitle, SignInTexts.WrongCertificateAdvice),
        "card-unknown" => new(SignInTexts.CardUnknownTitle, SignInTexts.CardUnknownAdvice),
        "card-test-refused" => new(SignInTexts.TestCardRefusedTitle, SignInTexts.TestCardRefusedAdvice),
        "card-not-in-directory" => new(SignInTexts.NotInDirectoryTitle, SignInTexts.NotInDirectoryAdvice),
        "card-revocation-unknown" => new(
            SignInTexts.RevocationUnknownTitle, SignInTexts.RevocationUnknownAdvice, StatusCodes.Status503ServiceUnavailable),
        _ => new(SignInTexts.OtherRefusalTitle, SignInTexts.OtherRefusalAdvice),
    };

    private static string? Dated(string sentence, string? date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Sentence.Of(sentence, ParisTime.DateOf(day))
            : null;
}
