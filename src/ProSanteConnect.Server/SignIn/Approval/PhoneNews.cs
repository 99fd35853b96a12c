using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Watching;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>Tells the page "Validez sur votre téléphone" what it waits for, as soon as it is known.</summary>
internal static class PhoneNews
{
    public const string Route = "/connexion/e-cps/etat";

    /// <summary>Where a page asks that shows this answer.</summary>
    public static string UrlFor(Guid demande, PhoneAnswer shown) => $"{Route}?demande={demande}&appel={shown.Request.Id}&vu={shown.Slug}";

    /// <summary>
    /// The page names the request to the phone that it shows, since another tab may have sent another meanwhile, and how that
    /// one stood.
    /// </summary>
    internal static async Task<IResult> Tell(
        Guid demande, Guid appel, string? vu, HttpContext http, PhoneAnswers answers, LongPoll poll, CancellationToken ct)
    {
        if (await answers.ReadAsync(demande, ct) is null) return News.Unknown;

        var answer = await poll.UntilNewsAsync(
            http,
            WatchedKind.Approval,
            appel,
            () => answers.ReadAsync(demande, ct),
            read => read is null || read.Request.Id != appel || read.Slug != vu,
            read => read!.Request.ExpiresAt);
        return answer switch
        {
            null => News.Unknown,
            _ when answer.Request.Id != appel => TypedResults.Json(new News("replaced")),
            { Outcome: ApprovalOutcome.Approved } => TypedResults.Json(new News(answer.Slug, SignInContinuation.UrlFor(demande))),
            _ => TypedResults.Json(new News(answer.Slug)),
        };
    }
}
