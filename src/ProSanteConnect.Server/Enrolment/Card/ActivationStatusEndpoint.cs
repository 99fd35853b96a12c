using Microsoft.AspNetCore.Mvc;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Enrolment.Card;

/// <summary>Answers the page "Activer mon e-CPS" as soon as the phone has changed the state of the activation.</summary>
internal static class ActivationStatusEndpoint
{
    public const string Route = "/activation/etat";

    /// <summary>The URL for a page that shows this step; the expiry identifies the QR code.</summary>
    public static string UrlFor(Activation activation, ActivationStep shown) =>
        $"{Route}?activation={activation.Id}&vu={shown.Slug()}&jusque={activation.ExpiresAt.UtcTicks}";

    /// <param name="activation">The activation that the page shows.</param>
    /// <param name="shownStep">The step that the page shows.</param>
    /// <param name="shownExpiry">The expiry of the QR code on the page, in ticks: another tab may have renewed the code since.</param>
    /// <param name="http">The request.</param>
    /// <param name="browser">The session of the browser.</param>
    /// <param name="activations">Reads the activation.</param>
    /// <param name="cards">Tells its step.</param>
    /// <param name="waits">Waits for a change.</param>
    /// <param name="ct">Ends the work.</param>
    internal static async Task<IResult> Tell(
        Guid activation, [FromQuery(Name = "vu")] string? shownStep, [FromQuery(Name = "jusque")] long? shownExpiry, HttpContext http,
        BrowserSession browser, Activations activations, CardActivations cards, RequestWaits waits, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return StatusResponse.Unknown;
        if (await activations.FindOfSessionAsync(activation, session.Id, ct) is null) return StatusResponse.Unknown;

        var found = await waits.UntilChangedAsync(
            http,
            WatchedKind.Activation,
            activation,
            () => activations.FindOfSessionAsync(activation, session.Id, ct),
            read => read is null || cards.StepOf(read).Slug() != shownStep || IsRenewed(read, shownExpiry),
            read => read!.ExpiresAt);
        if (found is null) return StatusResponse.Unknown;

        var step = cards.StepOf(found).Slug();
        return TypedResults.Json(new StatusResponse(step == shownStep && IsRenewed(found, shownExpiry) ? "renewed" : step));
    }

    private static bool IsRenewed(Activation activation, long? shownExpiry) =>
        activation.Status == ActivationStatus.Opened && shownExpiry is { } ticks && activation.ExpiresAt.UtcTicks != ticks;
}
