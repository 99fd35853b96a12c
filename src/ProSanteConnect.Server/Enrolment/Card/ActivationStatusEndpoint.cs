using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Enrolment.Card;

/// <summary>Tells the page "Activer mon e-CPS" what the phone has done, as soon as it has.</summary>
internal static class ActivationStatusEndpoint
{
    public const string Route = "/activation/etat";

    /// <summary>Where a page asks that shows this step, and of a QR code which one.</summary>
    public static string UrlFor(Activation activation, ActivationStep shown) =>
        $"{Route}?activation={activation.Id}&vu={shown.Slug()}&jusque={activation.ExpiresAt.UtcTicks}";

    /// <summary>The page says which step it shows and until when; another tab may have renewed the QR code meanwhile.</summary>
    internal static async Task<IResult> Tell(
        Guid activation, string? vu, long? jusque, HttpContext http, BrowserSession browser, Activations activations, CardActivations cards,
        LongPoll poll, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return StatusResponse.Unknown;
        if (await activations.FindOfSessionAsync(activation, session.Id, ct) is null) return StatusResponse.Unknown;

        var found = (await poll.UntilNewsAsync(
            http,
            WatchedKind.Activation,
            activation,
            () => activations.FindOfSessionAsync(activation, session.Id, ct),
            read => read is null || cards.StepOf(read).Slug() != vu || IsRenewed(read, jusque),
            read => read!.ExpiresAt))!;
        return found is null ? StatusResponse.Unknown
            : TypedResults.Json(new StatusResponse(IsRenewed(found, jusque) && cards.StepOf(found).Slug() == vu ? "renewed" : cards.StepOf(found).Slug()));
    }

    private static bool IsRenewed(Activation activation, long? shownUntil) =>
        activation.Status == ActivationStatus.Opened && shownUntil is { } ticks && activation.ExpiresAt.UtcTicks != ticks;
}
