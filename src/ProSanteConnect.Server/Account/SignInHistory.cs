using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Account;

/// <summary>The latest sign-ins of a practitioner.</summary>
internal sealed class SignInHistory(PscDb db, ClientDirectory clients)
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

    /// <summary>The browser and the address of a journal entry, as the page shows them.</summary>
    public static string PlaceOf(JournalEntry entry) =>
        string.Join(", ", new[] { BrowserWords.Of(entry.Browser), PlaceWords.Of(entry.IpAddress) }.Where(part => part.Length > 0));

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
