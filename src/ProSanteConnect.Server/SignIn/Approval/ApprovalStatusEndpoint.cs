using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Changes;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>Tells the page "Validez sur votre téléphone" what it waits for, as soon as it is known.</summary>
internal static class ApprovalStatusEndpoint
{
    public const string Route = "/connexion/e-cps/etat";

    /// <summary>Where a page asks that shows this answer.</summary>
    public static string UrlFor(Guid demande, ApprovalState shown) => $"{Route}?demande={demande}&appel={shown.Request.Id}&vu={shown.Slug}";

    /// <summary>
    /// The page names the request to the phone that it shows, since another tab may have sent another meanwhile, and how that
    /// one stood.
    /// </summary>
    internal static async Task<IResult> Tell(
        Guid demande, Guid appel, string? vu, HttpContext http, ApprovalStates answers, RequestWaits waits, CancellationToken ct)
    {
        if (await answers.ReadAsync(demande, ct) is null) return StatusResponse.Unknown;

        var answer = await waits.UntilChangedAsync(
            http,
            WatchedKind.Approval,
            appel,
            () => answers.ReadAsync(demande, ct),
            read => read is null || read.Request.Id != appel || read.Slug != vu,
            read => read!.Request.ExpiresAt);
        return answer switch
        {
            null => StatusResponse.Unknown,
            _ when answer.Request.Id != appel => TypedResults.Json(new StatusResponse("replaced")),
            { Outcome: ApprovalOutcome.Approved } => TypedResults.Json(new StatusResponse(answer.Slug, SignInContinuation.UrlFor(demande))),
            _ => TypedResults.Json(new StatusResponse(answer.Slug)),
        };
    }
}

/// <summary>Reads what the phone has answered, for the browser that began and nobody else (security-checklist T3).</summary>
internal sealed class ApprovalStates(IHttpContextAccessor accessor, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>The latest request of a sign-in, as it stands now; null when nobody was asked, or another browser began.</summary>
    public async Task<ApprovalState?> ReadAsync(Guid signIn, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var request = await approvals.FindForBrowserAsync(signIn, accessor.HttpContext!.SignInSecret, now, ct);
        return request is null ? null : new ApprovalState(request, await approvals.OutcomeForBrowserAsync(request, now, ct));
    }
}

/// <summary>How a request to the phone stands, as the browser that waits is told.</summary>
internal sealed record ApprovalState(ApprovalRequest Request, ApprovalOutcome Outcome)
{
    /// <summary>The outcome as addresses and scripts spell it, and the API of the phone.</summary>
    public string Slug => Outcome.Code();
}
