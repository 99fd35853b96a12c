using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
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
    TimeProvider clock) : PageModel
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

    /// <summary>Whether the page confirms that a session was ended.</summary>
    public bool SessionEnded { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        [FromQuery(Name = "fermee")] bool sessionEnded, [FromQuery(Name = "desactivee")] bool eCpsDeactivated, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session) return await SignInFirstAsync(ct);

        var now = clock.GetUtcNow();
        Practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == session.PractitionerId, ct);
        MyECps = new MyECps(await db.ECps.FindLatestAsync(session.PractitionerId, ct), now);
        SignIns = await signIns.LatestAsync(session.PractitionerId, ct);
        CurrentSessionId = session.Id;
        OpenSessions = await sessions.ListOpenAsync(session.PractitionerId, NameOf, now, ct);
        History = (await PractitionerJournal.LatestAsync(db, session.PractitionerId, ct)).ConvertAll(Line);
        SessionEnded = sessionEnded;
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
