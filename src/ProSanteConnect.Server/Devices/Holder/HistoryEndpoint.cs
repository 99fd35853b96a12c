using Microsoft.AspNetCore.Http.HttpResults;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Devices.Api;
using ProSanteConnect.Server.Shared.Clients;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Devices.Holder;

/// <summary>What happened to the holder's identity, as "Mon compte" shows it.</summary>
internal static class HistoryEndpoint
{
    public static async Task<Ok<HistoryView>> Show(HttpContext http, PscDb db, ClientDirectory clients, CancellationToken ct)
    {
        var entries = await PractitionerJournal.LatestAsync(db, http.ECps.PractitionerId, ct);
        return TypedResults.Ok(new HistoryView(entries.ConvertAll(entry =>
        {
            var application = clients.Find(entry.ClientId)?.Name;
            return new HistoryEntryView(
                entry.At,
                entry.Event.ToString(),
                JournalSentences.Of(entry, application),
                application,
                entry.IpAddress.Length > 0 ? PlaceWords.Of(entry.IpAddress) : null,
                entry.Browser.Length > 0 ? BrowserWords.Of(entry.Browser) : null);
        })));
    }
}

internal sealed record HistoryView(IReadOnlyList<HistoryEntryView> Entries);

/// <param name="At">The time of the event.</param>
/// <param name="Event">The name of the event; its meaning never changes.</param>
/// <param name="Sentence">The event in words, for the holder.</param>
/// <param name="Application">The relying party, if one took part.</param>
/// <param name="Place">The network address it came from, in words for this computer's own.</param>
/// <param name="Browser">The browser in words.</param>
internal sealed record HistoryEntryView(
    DateTimeOffset At, string Event, string Sentence, string? Application, string? Place, string? Browser);
