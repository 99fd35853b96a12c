using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Devices.Holder;
using ProSanteConnect.Server.Devices.Passkeys;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn.Approval;

namespace ProSanteConnect.Server.Devices.Requests;

/// <summary>
/// The holder's answers to sign-ins. An approval takes three things: the number on the computer's screen, the PIN, and the
/// phone's signature over request, relying party, origin and number (design §1, decision 8; security-checklist T1, T4).
/// </summary>
internal static class RequestEndpoints
{
    private const int NumberLength = 2;

    public static async Task<Ok<RequestList>> List(HttpContext http, RequestViews requests, CancellationToken ct) =>
        TypedResults.Ok(await requests.ListAsync(http.ECps.Id, ct));

    public static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Show(
        Guid id, HttpContext http, ApprovalRequests approvals, RequestViews requests, TimeProvider clock, CancellationToken ct)
    {
        if (await approvals.FindForHolderAsync(id, http.ECps.Id, ct) is not { } request) return Problem.RequestUnknown;

        return request.OutcomeAt(clock.GetUtcNow()) is not ApprovalOutcome.Pending and var outcome
            ? Problem.RequestOver(outcome.Code())
            : TypedResults.Ok(requests.ViewOf(request));
    }

    public static async Task<Results<Ok<CeremonyBegun>, ProblemHttpResult>> Challenge(
        Guid id, NumberTyped typed, HttpContext http, ApprovalRequests approvals, DeviceKeys keys, TimeProvider clock, CancellationToken ct)
    {
        var number = (typed.Number ?? "").Trim();
        if (number.Length != NumberLength || !number.All(char.IsAsciiDigit)) return Problem.NumberMalformed;
        if (await approvals.FindForHolderAsync(id, http.ECps.Id, ct) is not { } request) return Problem.RequestUnknown;
        if (request.OutcomeAt(clock.GetUtcNow()) is not ApprovalOutcome.Pending and var outcome) return Problem.RequestOver(outcome.Code());

        return TypedResults.Ok(await keys.BeginAsync(
            http.ECps, CeremonyPurpose.Approve, Bound(id, number), [id.ToString(), request.ClientId ?? "", request.Origin, number], ct));
    }

    public static async Task<Results<Ok<Approved>, ProblemHttpResult>> Approve(
        Guid id, SignedWithPin sent, HttpContext http, ApprovalRequests approvals, DeviceKeys keys, PublicOrigins origins,
        TimeProvider clock, CancellationToken ct)
    {
        if (!http.ECps.MayHavePin(sent.Pin)) return Problem.PinMalformed;

        // The number is the signed one, not a parameter of this call.
        var signed = await keys.FinishAsync(http.ECps, sent.Ceremony, sent.Assertion, [CeremonyPurpose.Approve], ct);
        if (signed is null || NumberOf(signed.Bound, id) is not { } number) return Problem.AssertionRefused;

        return await approvals.ApproveAsync(id, http.ECps, number, sent.Pin, http.ClientContext(), clock.GetUtcNow(), ct) switch
        {
            ApproveResult.Approved approved => TypedResults.Ok(new Approved(ReturnTo(approved.Request, origins, http.Request))),
            ApproveResult.NumberWrong => Problem.NumberWrong,
            ApproveResult.PinWrong wrong => Problem.PinWrong(wrong.AttemptsLeft),
            ApproveResult.Inactive inactive => Problem.ECpsInactive(inactive.Reason, inactive.Since),
            ApproveResult.Over over => Problem.RequestOver(over.Outcome.Code()),
            _ => Problem.RequestUnknown,
        };
    }

    public static async Task<Results<Ok<Denied>, ProblemHttpResult>> Deny(
        Guid id, Denial denial, HttpContext http, ApprovalRequests approvals, TimeProvider clock, CancellationToken ct) =>
        await approvals.DenyAsync(id, http.ECps, denial.NotMe, http.ClientContext(), clock.GetUtcNow(), ct) switch
        {
            DenyResult.Denied => TypedResults.Ok(new Denied()),
            DenyResult.Over over => Problem.RequestOver(over.Outcome.Code()),
            _ => Problem.RequestUnknown,
        };

    // The waiting page is the only return address; it requires the cookie of the browser that began the sign-in (T3).
    private static string? ReturnTo(ApprovalRequest request, PublicOrigins origins, HttpRequest http) =>
        request.SignInRequestId is { } signIn ? origins.Wallet(http) + WaitingModel.UrlFor(signIn) : null;

    private static string Bound(Guid request, string number) => $"{request} {number}";

    private static string? NumberOf(string bound, Guid request) =>
        bound.Split(' ') is [var id, var number] && id == request.ToString() ? number : null;
}

/// <param name="Number">The two digits that the holder reads on the computer's screen.</param>
internal sealed record NumberTyped(string? Number);

/// <param name="ReturnUri">The page that waits, for a browser on this same phone.</param>
internal sealed record Approved(string? ReturnUri)
{
    public string Outcome { get; } = "approved";
}

/// <param name="NotMe">"Ce n'est pas moi": requests from browsers that the holder does not know are not sent to the phone for a day.</param>
internal sealed record Denial(bool NotMe);

internal sealed record Denied
{
    public string Outcome { get; } = "denied";
}

/// <summary>A sign-in that waits for the holder's answer: who asks, with which browser, from where and since when.</summary>
/// <param name="Id">The identifier of the request.</param>
/// <param name="Application">The relying party's name, or the portal's.</param>
/// <param name="Browser">The browser on the computer, in words.</param>
/// <param name="Place">The network address it comes from, in words for this computer's own.</param>
/// <param name="StartedAt">When the sign-in began.</param>
/// <param name="ExpiresAt">Until when it may be answered.</param>
/// <param name="KnownBrowser">Whether the holder signed in with that browser before.</param>
internal sealed record RequestView(
    Guid Id, string Application, string Browser, string Place, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, bool KnownBrowser);

internal sealed record RequestList(IReadOnlyList<RequestView> Requests);

/// <summary>Describes a request to its holder.</summary>
internal sealed class RequestViews(ApprovalRequests approvals, ClientDirectory clients, TimeProvider clock)
{
    public async Task<RequestList> ListAsync(Guid eCps, CancellationToken ct) =>
        new((await approvals.ListPendingAsync(eCps, clock.GetUtcNow(), ct)).ConvertAll(ViewOf));

    public RequestView ViewOf(ApprovalRequest request) => new(
        request.Id,
        clients.Find(request.ClientId)?.Name ?? request.ClientId ?? DeviceTexts.Portal,
        BrowserWords.Of(request.Browser),
        PlaceWords.Of(request.IpAddress),
        request.CreatedAt,
        request.ExpiresAt,
        request.KnownBrowser);
}
