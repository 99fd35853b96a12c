using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.Text;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account;

/// <summary>"Mon compte": who I am, my e-CPS, my sign-ins, sessions and history, for whoever holds a session and for nobody else's.</summary>
internal sealed class MyAccountModel(
    PscDb db, BrowserSession browser, Sessions sessions, ECpsRegister register, SignInHistory signIns, SignInStart start, ClientDirectory clients,
    TimeProvider clock) : PageModel
{
    public const string Path = "/mon-compte";

    public Practitioner Practitioner { get; private set; } = null!;

    public MyECps MyECps { get; private set; } = null!;

    /// <summary>Whether the e-CPS was just deactivated here.</summary>
    public bool ECpsDeactivated { get; private set; }

    public IReadOnlyList<SignInLine> SignIns { get; private set; } = [];

    public Guid CurrentSessionId { get; private set; }

    public IReadOnlyList<OpenSession> OpenSessions { get; private set; } = [];

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    /// <summary>Whether a session was just ended here.</summary>
    public bool SessionEnded { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool fermee, bool desactivee, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session) return await SignInFirstAsync(ct);

        var now = clock.GetUtcNow();
        Practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == session.PractitionerId, ct);
        MyECps = new MyECps(await register.FindLatestAsync(session.PractitionerId, ct), now);
        SignIns = await signIns.LatestAsync(session.PractitionerId, ct);
        CurrentSessionId = session.Id;
        OpenSessions = await sessions.ListOpenAsync(session.PractitionerId, now, ct);
        History = (await PractitionerJournal.LatestAsync(db, session.PractitionerId, ct)).ConvertAll(Line);
        SessionEnded = fermee;
        ECpsDeactivated = desactivee && !MyECps.IsActive;
        return Page();
    }

    public async Task<IActionResult> OnPostFinAsync(Guid session, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        // One's own only: the identifier of a session is no secret, relying parties know it as sid.
        var now = clock.GetUtcNow();
        var own = await sessions.ListOpenAsync(current.PractitionerId, now, ct);
        if (own.Any(open => open.Session.Id == session))
            await sessions.EndAsync(session, SessionEndReason.SignedOut, HttpContext.ClientContext(), now, ct);

        return session == current.Id ? SignedOut() : this.SeeOther($"{Path}?fermee=true#sessions");
    }

    public async Task<IActionResult> OnPostToutFermerAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        await sessions.EndAllAsync(
            current.PractitionerId, SessionEndReason.SignedOutEverywhere, HttpContext.ClientContext(), clock.GetUtcNow(), ct);
        return SignedOut();
    }

    /// <summary>"Ce n'était pas moi", of a sign-in of the list.</summary>
    public async Task<IActionResult> OnPostPasMoiAsync(long connexion, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);
        if (!await signIns.RepudiateAsync(current.PractitionerId, connexion, HttpContext.ClientContext(), ct)) return this.SeeOther(Path);

        browser.Forget();
        return this.SeeOther("/mon-compte/pas-moi");
    }

    private IActionResult SignedOut()
    {
        browser.Forget();
        return this.SeeOther("/deconnexion/terminee");
    }

    private async Task<IActionResult> SignInFirstAsync(CancellationToken ct) => this.SeeOther(await start.OpenAsync(null, Path, ct));

    private HistoryLine Line(JournalEntry entry) => new(
        entry.At,
        JournalSentences.Of(entry, clients.Find(entry.ClientId)?.Name),
        SignInHistory.PlaceOf(entry),
        entry.Outcome == JournalOutcome.Refused);
}
