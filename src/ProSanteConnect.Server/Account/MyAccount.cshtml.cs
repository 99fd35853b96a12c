using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Protocol.Engine;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.SignIn;

namespace ProSanteConnect.Server.Account;

/// <summary>"Mon compte": who I am, my open sessions and my history, for whoever holds a session and for nobody else's.</summary>
internal sealed class MyAccountModel(
    PscDb db, BrowserSession browser, Sessions sessions, SignInStart start, ClientDirectory clients, TimeProvider clock) : PageModel
{
    public const string Path = "/mon-compte";
    public const int HistoryLength = 30;

    public Practitioner Practitioner { get; private set; } = null!;

    public Guid CurrentSessionId { get; private set; }

    public IReadOnlyList<OpenSession> OpenSessions { get; private set; } = [];

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    /// <summary>Whether a session was just ended here.</summary>
    public bool SessionEnded { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool fermee, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } session) return await SignInFirstAsync(ct);

        Practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == session.PractitionerId, ct);
        CurrentSessionId = session.Id;
        OpenSessions = await sessions.ListOpenAsync(session.PractitionerId, clock.GetUtcNow(), ct);
        History = await HistoryOfAsync(session.PractitionerId, ct);
        SessionEnded = fermee;
        return Page();
    }

    public async Task<IActionResult> OnPostFinAsync(Guid session, CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        // One's own only: the identifier of a session is no secret, relying parties know it as sid.
        var now = clock.GetUtcNow();
        var own = await sessions.ListOpenAsync(current.PractitionerId, now, ct);
        if (own.Any(open => open.Session.Id == session))
            await sessions.EndAsync(session, SessionEndReason.SignedOut, HttpContext.Origin(), now, ct);

        return session == current.Id ? SignedOut() : this.SeeOther($"{Path}?fermee=true#sessions");
    }

    public async Task<IActionResult> OnPostToutFermerAsync(CancellationToken ct)
    {
        if (await browser.GetAsync(ct) is not { } current) return await SignInFirstAsync(ct);

        await sessions.EndAllAsync(
            current.PractitionerId, SessionEndReason.SignedOutEverywhere, HttpContext.Origin(), clock.GetUtcNow(), ct);
        return SignedOut();
    }

    private IActionResult SignedOut()
    {
        browser.Forget();
        return this.SeeOther("/deconnexion/terminee");
    }

    private async Task<IActionResult> SignInFirstAsync(CancellationToken ct) => this.SeeOther(await start.OpenAsync(null, Path, ct));

    private async Task<IReadOnlyList<HistoryLine>> HistoryOfAsync(long practitionerId, CancellationToken ct)
    {
        var entries = await db.Journal.AsNoTracking()
            .Where(entry => entry.PractitionerId == practitionerId)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(HistoryLength)
            .ToListAsync(ct);
        return entries.ConvertAll(entry => new HistoryLine(
            entry.At,
            JournalSentences.Of(entry, clients.Find(entry.ClientId)?.Name),
            string.Join(", ", new[] { BrowserWords.Of(entry.Browser), entry.IpAddress }.Where(part => part.Length > 0)),
            entry.Outcome == JournalOutcome.Refused));
    }
}
