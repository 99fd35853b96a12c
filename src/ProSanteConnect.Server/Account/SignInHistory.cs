using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Account;

/// <summary>The latest sign-ins of a practitioner, and their repudiation ("ce n'était pas moi").</summary>
internal sealed class SignInHistory(
    PscDb db, Sessions sessions, SignInRequests signIns, Activations activations, KnownBrowsers browsers, JournalWriter journal,
    ClientDirectory clients, TimeProvider clock)
{
    public const int Length = 10;

    public async Task<IReadOnlyList<SignInLine>> LatestAsync(long practitionerId, CancellationToken ct)
    {
        var entries = await SignInsOf(practitionerId)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Take(Length)
            .ToListAsync(ct);
        return entries.ConvertAll(entry => new SignInLine(
            entry.Id,
            entry.At,
            entry.ClientId is null ? AccountTexts.SignInToPortal : clients.Find(entry.ClientId)?.Name ?? JournalTexts.AnApplication,
            entry.Detail == "mobile" ? AccountTexts.MeansOfMobile : AccountTexts.MeansOfCard,
            PlaceOf(entry)));
    }

    /// <summary>
    /// Ends every session and makes every browser a stranger: whoever has signed in in the holder's name is out, also of what they
    /// had begun and not ended, and is told from them at the next try. False for what is no sign-in of this practitioner.
    /// </summary>
    public async Task<bool> RepudiateAsync(long practitionerId, long entryId, ClientContext origin, CancellationToken ct)
    {
        var disowned = await SignInsOf(practitionerId).SingleOrDefaultAsync(entry => entry.Id == entryId, ct);
        if (disowned is null) return false;

        // Each step may be done again: a try that failed in the middle is finished by the next.
        var now = clock.GetUtcNow();
        await browsers.ForgetAllAsync(practitionerId, ct);
        await signIns.RepudiateAsync(practitionerId, ct);
        await activations.RepudiateAsync(practitionerId, ct);
        var entry = new JournalEntry
        {
            At = now,
            Event = JournalEvent.SignInRepudiated,
            Outcome = JournalOutcome.Success,
            Detail = disowned.Detail,
            PractitionerId = practitionerId,
            ClientId = disowned.ClientId,
            SessionId = disowned.SessionId,
            IpAddress = origin.IpAddress,
            Browser = origin.Browser,
        };
        await journal.WriteAsync(entry, ct);
        await sessions.EndAllAsync(practitionerId, SessionEndReason.SignedOutEverywhere, origin, now, ct);
        return true;
    }

    /// <summary>The browser and the address of a journal entry, as the page shows them.</summary>
    public static string PlaceOf(JournalEntry entry) =>
        string.Join(", ", new[] { BrowserWords.Of(entry.Browser), entry.IpAddress }.Where(part => part.Length > 0));

    private IQueryable<JournalEntry> SignInsOf(long practitionerId) => db.Journal.AsNoTracking()
        .Where(entry => entry.PractitionerId == practitionerId && entry.Event == JournalEvent.SessionOpened);
}

/// <summary>One sign-in of "Mes connexions".</summary>
/// <param name="EntryId">The journal entry, by which the practitioner repudiates the sign-in.</param>
/// <param name="At">When.</param>
/// <param name="Application">The name of the relying party, or of the portal.</param>
/// <param name="Means">Card or e-CPS, as the page words it.</param>
/// <param name="Where">Browser and address.</param>
internal sealed record SignInLine(long EntryId, DateTimeOffset At, string Application, string Means, string Where);

/// <summary>One line of the history.</summary>
internal sealed record HistoryLine(DateTimeOffset At, string What, string Where, bool IsRefusal);
