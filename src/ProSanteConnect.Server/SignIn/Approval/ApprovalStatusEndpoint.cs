using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Shared.Changes;

namespace ProSanteConnect.Server.SignIn.Approval;

/// <summary>Long polling of the page "Validez sur votre téléphone": answers as soon as the approval changes.</summary>
internal static class ApprovalStatusEndpoint
{
    public const string Route = "/connexion/e-cps/etat";

    /// <summary>The URL that a page polls which shows this state.</summary>
    public static string UrlFor(Guid signInRequestId, ApprovalState shown) =>
        $"{Route}?demande={signInRequestId}&appel={shown.Request.Id}&vu={shown.Slug}";

    /// <param name="signInRequestId">The sign-in request of the page.</param>
    /// <param name="approvalRequestId">The approval request that the page shows; another tab may have sent a newer one.</param>
    /// <param name="shown">The state that the page shows, as <see cref="ApprovalState.Slug"/> spells it.</param>
    /// <param name="http">The request.</param>
    /// <param name="states">Reads the current state.</param>
    /// <param name="waits">Waits for a change.</param>
    /// <param name="ct">Ends the wait.</param>
    internal static async Task<IResult> GetStatus(
        [FromQuery(Name = "demande")] Guid signInRequestId, [FromQuery(Name = "appel")] Guid approvalRequestId,
        [FromQuery(Name = "vu")] string? shown, HttpContext http, ApprovalStates states, RequestWaits waits, CancellationToken ct)
    {
        if (await states.ReadAsync(signInRequestId, ct) is null) return StatusResponse.Unknown;

        var state = await waits.UntilChangedAsync(
            http,
            WatchedKind.Approval,
            approvalRequestId,
            () => states.ReadAsync(signInRequestId, ct),
            read => read is null || read.Request.Id != approvalRequestId || read.Slug != shown,
            read => read!.Request.ExpiresAt);
        return state switch
        {
            null => StatusResponse.Unknown,
            _ when state.Request.Id != approvalRequestId => TypedResults.Json(new StatusResponse("replaced")),
            { Outcome: ApprovalOutcome.Approved } => TypedResults.Json(new StatusResponse(state.Slug, SignInContinuation.UrlFor(signInRequestId))),
            _ => TypedResults.Json(new StatusResponse(state.Slug)),
        };
    }
}

/// <summary>Reads the state of an approval, for the browser that began the sign-in only (security-checklist T3).</summary>
internal sealed class ApprovalStates(IHttpContextAccessor accessor, ApprovalRequests approvals, TimeProvider clock)
{
    /// <summary>
    /// The current state of the latest approval request of a sign-in; null when there is none, or when another browser began the sign-in.
    /// </summary>
    public async Task<ApprovalState?> ReadAsync(Guid signInRequestId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var request = await approvals.FindForBrowserAsync(signInRequestId, accessor.HttpContext!.SignInSecret, now, ct);
        return request is null ? null : new ApprovalState(request, await approvals.OutcomeForBrowserAsync(request, now, ct));
    }
}

/// <summary>An approval request and its outcome, as the waiting browser may see it.</summary>
internal sealed record ApprovalState(ApprovalRequest Request, ApprovalOutcome Outcome)
{
    /// <summary>The outcome in URLs, scripts and the API of the phone.</summary>
    public string Slug => Outcome.Code();
}
