using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Authenticators;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Delivery;
using ProSanteConnect.Server.Protocol.Origins;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Enrolment;

/// <summary>
/// "Activer mon e-CPS" on the computer (screens C4). One address shows whatever step the activation of this card session is at:
/// a page that is read anew, the back button and a second tab all show what is so now.
/// </summary>
internal sealed class ActivateModel(
    BrowserSession browser, SignInStart start, Activations activations, CardActivations cards, ShownQrCode shown, PublicOrigins origins,
    IOptions<SignInOptions> options, TimeProvider clock) : PageModel
{
    public const string Path = "/activation";

    /// <summary>How often a browser without a script reads the page anew, in seconds; never while a code is being typed.</summary>
    public const int RefreshSeconds = 5;

    /// <summary>The activation of this session, on its way or over; null when there was none.</summary>
    public Activation? Activation { get; private set; }

    public ActivationStep Step { get; private set; }

    /// <summary>Whether the card was presented just now.</summary>
    public bool MayBegin { get; private set; }

    public bool HasTriedTooMany { get; private set; }

    /// <summary>The e-CPS that the new one would replace, or null.</summary>
    public ECps? Present { get; private set; }

    /// <summary>The e-CPS that has come of it.</summary>
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

    public string NewsUrl => ActivationNews.UrlFor(Activation!, Step);

    /// <summary>The text that is typed where no camera can scan, in groups that the eye can follow.</summary>
    public string QrCodeText => string.Join(' ', QrCode!.Chunk(4).Select(group => new string(group)));

    public async Task<IActionResult> OnGetAsync(bool forme, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return Page();

        MayBegin = cards.MayBegin(session);
        Present = await cards.PresentAsync(session, ct);
        Activation = await cards.LatestAsync(session, ct);
        Step = Activation is null ? ActivationStep.None : cards.StepOf(Activation);
        QrCode = Step == ActivationStep.Scan ? shown.Of(Activation!) : null;
        IsMalformed = forme;
        if (Step == ActivationStep.Done && (Result = await cards.ResultOfAsync(Activation!, ct)) is null) Step = ActivationStep.None;
        if (!Step.IsOnItsWay()) HasTriedTooMany = await cards.HasTriedTooManyAsync(session, ct);
        return Page();
    }

    /// <summary>Presents the card first, and comes back here.</summary>
    public async Task<IActionResult> OnPostCarteAsync(CancellationToken ct) => this.SeeOther(await CardFirstAsync(ct));

    public async Task<IActionResult> OnPostCommencerAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session || !cards.MayBegin(session)) return this.SeeOther(await CardFirstAsync(ct));

        // When it has tried too many phones, the page says so.
        Keep(await activations.OpenForCardAsync(session, HttpContext.Origin(), clock.GetUtcNow(), ct));
        return this.SeeOther(Path);
    }

    public async Task<IActionResult> OnPostRenouvelerAsync(CancellationToken ct)
    {
        if (await OnItsWayAsync(ct) is var (session, activation) && cards.StepOf(activation) == ActivationStep.Scan)
            Keep(await activations.RenewQrCodeAsync(activation.Id, session.Id, clock.GetUtcNow(), ct));

        return this.SeeOther(Path);
    }

    public async Task<IActionResult> OnPostCodeAsync(Guid activation, string? code, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } session) return this.SeeOther(Path);

        // A slip of the fingers costs no try.
        if (!ActivationCode.TryParse(code, out var typed)) return this.SeeOther($"{Path}?forme=true");

        // Whatever comes of it, the page shows it.
        await activations.CheckTypedCodeAsync(activation, session.Id, typed.Value, HttpContext.Origin(), clock.GetUtcNow(), ct);
        return this.SeeOther(Path);
    }

    public async Task<IActionResult> OnPostAnnulerAsync(CancellationToken ct)
    {
        if (await OnItsWayAsync(ct) is var (_, activation))
            await activations.CancelAsync(activation, HttpContext.Origin(), clock.GetUtcNow(), ct);

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

    private async Task<string> CardFirstAsync(CancellationToken ct) => await start.OpenAsync(null, Path, SignInMeans.Card, ct);
}
