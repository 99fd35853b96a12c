using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account;

/// <summary>The page "Mon compte": identity, e-CPS, sign-ins, open sessions and history of the signed-in practitioner.</summary>
internal sealed class MyAccountModel(
    PscDb db, BrowserSession browser, Sessions sessions, Repudiation repudiation, SignInHistory signIns, SignInStart start, ClientDirectory clients,
    ApprovalFreezes freezes, IOptions<SignInOptions> options, TimeProvider clock) : PageModel
{
    public const string Path = "/mon-compte";

    public Practitioner Practitioner { get; private set; } = null!;

    public MyECps MyECps { get; private set; } = null!;

    /// <summary>Whether the page confirms that the e-CPS was deactivated.</summary>
    public bool ECpsDeactivated { get; private set; }

    public IReadOnlyList<SignInLine> SignIns { get; private set; } = [];

    public Guid CurrentSessionId { get; private set; }

    public IReadOnlyList<OpenSession> OpenSessions { get; private set; } = [];

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    /// <summary>Until when requests of unknown browsers are stopped; null when they are not.</summary>
    public DateTimeOffset? FrozenUntil { get; private set; }

    /// <summary>Whether the page confirms that a session was ended.</summary>
    public bool SessionEnded { get; private set; }

    /// <summary>Whether the page confirms that unknown browsers can reach the phone again.</summary>
    public bool FreezeLifted { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "fermee")] bool sessionEnded, [FromQuery(Name = "desactivee")] bool eCpsDeactivated,
        [FromQuery(Name = "debloquee")] bool freezeLifted, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session) return await SignInFirstAsync(ct);

        var now = clock.GetUtcNow();
        Practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == session.PractitionerId, ct);
        MyECps = new MyECps(await db.ECps.FindLatestAsync(session.PractitionerId, ct), now);
        FrozenUntil = await freezes.UntilAsync(session.PractitionerId, now, ct);
        SignIns = await signIns.LatestAsync(session.PractitionerId, ct);
        CurrentSessionId = session.Id;
        OpenSessions = await sessions.ListOpenAsync(session.PractitionerId, NameOf, now, ct);
        History = (await PractitionerJournal.LatestAsync(db, session.PractitionerId, ct)).ConvertAll(Line);
        SessionEnded = sessionEnded;
        FreezeLifted = freezeLifted && FrozenUntil is null;
        ECpsDeactivated = eCpsDeactivated && !MyECps.IsActive;
        return Page();
    }

    [HandlerName("Fin")]
    public async Task<IActionResult> OnPostEndSessionAsync([FromForm(Name = "session")] Guid sessionId, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        // Only sessions of the signed-in practitioner: identifiers of sessions are not secret, relying parties receive them as sid.
        var now = clock.GetUtcNow();
        var own = await sessions.ListOpenAsync(current.PractitionerId, NameOf, now, ct);
        if (own.Any(open => open.Session.Id == sessionId))
            await sessions.EndAsync(sessionId, SessionEndReason.SignedOut, HttpContext.ClientContext(), now, ct);

        return sessionId == current.Id ? SignedOut() : this.SeeOther($"{Path}?fermee=true#sessions");
    }

    [HandlerName("ToutFermer")]
    public async Task<IActionResult> OnPostEndAllSessionsAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        await sessions.EndAllAsync(
            current.PractitionerId, SessionEndReason.SignedOutEverywhere, HttpContext.ClientContext(), clock.GetUtcNow(), ct);
        return SignedOut();
    }

    /// <summary>"Ce n'était pas moi" beside a sign-in of the list.</summary>
    [HandlerName("PasMoi")]
    public async Task<IActionResult> OnPostRepudiateAsync([FromForm(Name = "connexion")] long entryId, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);
        if (!await repudiation.RepudiateAsync(current.PractitionerId, entryId, HttpContext.ClientContext(), clock.GetUtcNow(), ct)) return this.SeeOther(Path);

        browser.Forget();
        return this.SeeOther("/mon-compte/pas-moi");
    }

    /// <summary>Ends the freeze after "ce n'est pas moi", for who presents a card just now: a phone that was taken cannot do it here.</summary>
    [HandlerName("Debloquer")]
    public async Task<IActionResult> OnPostLiftFreezeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await browser.GetAsync(ct) is not { AuthMode: AuthMode.Card } current || !current.IsFreshAt(now, options.Value.FreshAuthentication))
            return this.SeeOther(await start.OpenOnTabAsync(null, Path, AuthMode.Card, ct));

        await freezes.LiftAsync(current.PractitionerId, HttpContext.ClientContext(), now, ct);
        return this.SeeOther($"{Path}?debloquee=true#blocage");
    }

    private IActionResult SignedOut()
    {
        browser.Forget();
        return this.SeeOther("/deconnexion/terminee");
    }

    private async Task<IActionResult> SignInFirstAsync(CancellationToken ct) => this.SeeOther(await start.OpenAsync(null, Path, required: null, ct));

    private string? NameOf(string? clientId) => clients.Find(clientId)?.Name;

    private HistoryLine Line(JournalEntry entry) => new(
        entry.At,
        JournalSentences.Of(entry, NameOf(entry.ClientId)),
        SignInHistory.PlaceOf(entry),
        entry.Outcome == JournalOutcome.Refused);
}
