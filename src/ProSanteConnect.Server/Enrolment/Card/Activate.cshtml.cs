using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Changes;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Enrolment.Card;

/// <summary>
/// "Activer mon e-CPS" on the computer (screens C4). One address shows whatever step the activation of this card session is at:
/// a reload, the back button and a second tab all show the current step.
/// </summary>
internal sealed class ActivateModel(
    BrowserSession browser, SignInStart start, Activations activations, CardActivations cards, ShownQrCode shown, PublicOrigins origins,
    LastTab lastTab, IOptions<SignInOptions> options, TimeProvider clock) : PageModel
{
    public const string Path = "/activation";

    /// <summary>The interval at which a browser without scripts reloads the page, in seconds; it never reloads while a code is being typed.</summary>
    public const int RefreshSeconds = 5;

    /// <summary>The activation of this session, on its way or over; null when there was none.</summary>
    public Activation? Activation { get; private set; }

    public ActivationStep Step { get; private set; }

    /// <summary>Whether the card was presented just now.</summary>
    public bool MayBegin { get; private set; }

    public bool HasTriedTooMany { get; private set; }

    /// <summary>The e-CPS that the new one would replace, or null.</summary>
    public ECps? Present { get; private set; }

    /// <summary>The e-CPS that the activation created.</summary>
    public ECps? Result { get; private set; }

    /// <summary>The secret in the QR code, or null when the page has none that can be scanned.</summary>
    public string? QrCode { get; private set; }

    public bool IsMalformed { get; private set; }

    public int FreshMinutes => (int)options.Value.FreshAuthentication.TotalMinutes;

    public string AppAddress => origins.Wallet(Request) + "/app/";

    public string QrCodePicture => "data:image/png;base64," + Convert.ToBase64String(QrCodeImage.Of($"{AppAddress}#qr={QrCode}"));

    public int TriesLeft => cards.TriesLeft(Activation!);

    public int SecondsLeft => QrCode is null && Step == ActivationStep.Scan
        ? 0
        : (int)Math.Ceiling((Activation!.ExpiresAt - clock.GetUtcNow()).TotalSeconds);

    public string StatusUrl => ActivationStatusEndpoint.UrlFor(Activation!, Step);

    /// <summary>The text that is typed where no camera can scan, in groups that the eye can follow.</summary>
    public string QrCodeText => string.Join(' ', QrCode!.Chunk(4).Select(group => new string(group)));

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "forme")] bool isMalformed, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return Page();

        MayBegin = cards.MayBegin(session);
        Present = await cards.PresentAsync(session, ct);
        Activation = await cards.LatestAsync(session, ct);
        Step = Activation is null ? ActivationStep.None : cards.StepOf(Activation);
        QrCode = Step == ActivationStep.Scan ? shown.Of(Activation!) : null;
        IsMalformed = isMalformed;
        if (Step == ActivationStep.Done && (Result = await cards.ResultOfAsync(Activation!, ct)) is null) Step = ActivationStep.None;
        // Whoever has just activated an e-CPS signs in with it next.
        if (Step == ActivationStep.Done) lastTab.Keep(AuthMode.Mobile);
        if (!Step.IsOnItsWay()) HasTriedTooMany = await cards.HasTriedTooManyAsync(session, ct);
        return Page();
    }

    /// <summary>Presents the card first, and comes back here.</summary>
    [HandlerName("Carte")]
    public async Task<IActionResult> OnPostPresentCardAsync(CancellationToken ct) => this.SeeOther(await CardFirstAsync(ct));

    [HandlerName("Commencer")]
    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session || !cards.MayBegin(session)) return this.SeeOther(await CardFirstAsync(ct));

        // When it has tried too many phones, the page says so.
        Keep(await activations.OpenForCardAsync(session, HttpContext.ClientContext(), clock.GetUtcNow(), ct));
        return this.SeeOther(Path);
    }

    [HandlerName("Renouveler")]
    public async Task<IActionResult> OnPostRenewAsync(CancellationToken ct)
    {
        if (await OnItsWayAsync(ct) is var (session, activation) && cards.StepOf(activation) == ActivationStep.Scan)
            Keep(await activations.RenewQrCodeAsync(activation.Id, session.Id, clock.GetUtcNow(), ct));

        return this.SeeOther(Path);
    }

    public async Task<IActionResult> OnPostCodeAsync(Guid activation, string? code, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return this.SeeOther(Path);

        // A malformed code costs no attempt.
        if (!ActivationCode.TryParse(code, out var typed)) return this.SeeOther($"{Path}?forme=true");

        // The page shows the result.
        await activations.CheckTypedCodeAsync(activation, session.Id, typed.Value, HttpContext.ClientContext(), clock.GetUtcNow(), ct);
        return this.SeeOther(Path);
    }

    [HandlerName("Annuler")]
    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct)
    {
        if (await OnItsWayAsync(ct) is var (_, activation))
            await activations.CancelAsync(activation, HttpContext.ClientContext(), clock.GetUtcNow(), ct);

        shown.Forget();
        return this.SeeOther("/");
    }

    private async Task<(Session Session, Activation Activation)?> OnItsWayAsync(CancellationToken ct) =>
        await browser.GetAsync(ct) is { AuthMode: AuthMode.Card } session && await cards.LatestAsync(session, ct) is { } activation
            ? (session, activation)
            : null;

    private void Keep(OpenActivationResult result)
    {
        if (result is OpenActivationResult.Opened opened) shown.Keep(opened);
    }

    private async Task<string> CardFirstAsync(CancellationToken ct) => await start.OpenOnTabAsync(null, Path, AuthMode.Card, ct);
}

/// <summary>Where an activation stands for its page on the computer.</summary>
internal enum ActivationStep
{
    /// <summary>None is on its way.</summary>
    None,

    /// <summary>The QR code is shown; the phone has not read one yet.</summary>
    Scan,

    /// <summary>The phone shows a code, which is to be typed here.</summary>
    Code,

    /// <summary>The phone asks for the PIN.</summary>
    Pin,

    Done,

    /// <summary>The last code that could be tried was wrong.</summary>
    NoTryLeft,

    /// <summary>The code was not typed in time.</summary>
    CodeLate,

    /// <summary>The PIN was not chosen in time.</summary>
    PinLate,

    Cancelled,
}

internal static class ActivationSteps
{
    /// <summary>As addresses and scripts spell it.</summary>
    public static string Slug(this ActivationStep step) => step switch
    {
        ActivationStep.Scan => "scan",
        ActivationStep.Code => "code",
        ActivationStep.Pin => "pin",
        ActivationStep.Done => "done",
        ActivationStep.NoTryLeft => "no-try-left",
        ActivationStep.CodeLate => "code-late",
        ActivationStep.PinLate => "pin-late",
        ActivationStep.Cancelled => "cancelled",
        _ => "none",
    };

    /// <summary>Why an activation was not finished and what to do next, in the words of a practitioner; null for what has not ended so.</summary>
    public static string? EndOf(ActivationStep step) => step switch
    {
        ActivationStep.NoTryLeft => EnrolmentTexts.EndedNoTryLeft,
        ActivationStep.CodeLate => EnrolmentTexts.EndedCodeLate,
        ActivationStep.PinLate => EnrolmentTexts.EndedPinLate,
        ActivationStep.Cancelled => EnrolmentTexts.EndedCancelled,
        _ => null,
    };

    /// <summary>Whether the page shows a step of an activation, and not the way to begin one.</summary>
    public static bool IsOnItsWay(this ActivationStep step) => step is ActivationStep.Scan or ActivationStep.Code or ActivationStep.Pin;
}

/// <summary>
/// The secret of the QR code on the page. The server stores only its hash; a reload and a second tab read the secret from a cookie that
/// expires with it.
/// </summary>
internal sealed class ShownQrCode(IHttpContextAccessor accessor, TimeProvider clock)
{
    private static readonly HostCookieBuilder Cookie = new() { Name = "__Host-psc-qr" };

    private HttpContext Http => accessor.HttpContext!;

    public void Keep(OpenActivationResult.Opened opened)
    {
        var now = clock.GetUtcNow();
        var options = Cookie.Build(Http, now);
        options.MaxAge = opened.Activation.ExpiresAt - now;
        Http.Response.Cookies.Append(Cookie.Name!, opened.QrCode.Value, options);
    }

    /// <summary>The secret that can be scanned now, or null.</summary>
    public string? Of(Activation activation) =>
        Http.Request.Cookies[Cookie.Name!] is { } secret
        && SecretToken.Matches(secret, activation.QrCodeHash)
        && clock.GetUtcNow() < activation.ExpiresAt ? secret : null;

    public void Forget() => Http.Response.Cookies.Delete(Cookie.Name!, Cookie.Build(Http, clock.GetUtcNow()));
}

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
