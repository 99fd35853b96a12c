using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Core.Practitioners;

/// <summary>Finds an RPPS number by the mail address and the telephone number in the directory (B3.3–B3.5).</summary>
public sealed class RppsSearch(PscDb db, MasterKey masterKey)
{
    private const int MacSize = 12;

    /// <summary>Succeeds when exactly one listed person with an RPPS number has both. Records every search in the journal (T7).</summary>
    public async Task<RppsSearchResult> FindAsync(string? email, string? phone, ClientContext context, DateTimeOffset now, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(email, out var address) || !PhoneNumber.TryParse(phone, out var number)) return new RppsSearchResult.Malformed();

        var (mail, call) = (address.Value, number.Value);
        var holders = await db.Practitioners.AsNoTracking()
            .Where(p => p.ContactEmail == mail && p.ContactPhone == call && p.DelistedAt == null)
            .Select(p => new { p.Id, p.NationalId })
            .ToListAsync(ct);
        var withRpps = holders.Where(holder => RppsOf(holder.NationalId) is not null).ToList();
        var found = withRpps.Count == 1 ? withRpps[0] : null;

        db.Journal.Record(
            JournalEvent.RppsSearched,
            found is null ? JournalOutcome.Refused : JournalOutcome.Success,
            now,
            context,
            $"mail={Mac(mail)} phone={Mac(call)}",
            found?.Id);
        await db.SaveChangesAsync(ct);
        return found is null ? new RppsSearchResult.NotFound() : new RppsSearchResult.Found(RppsOf(found.NationalId)!);
    }

    private static string? RppsOf(string nationalId) =>
        Practitioners.NationalId.TryParse(nationalId, out var parsed) && parsed.Kind == NationalIdKind.Rpps ? nationalId[1..] : null;

    // The journal shows that one address was tried with many numbers, but contains neither in clear.
    private string Mac(string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(masterKey.Derive("rpps-searches"), Encoding.UTF8.GetBytes(text)).AsSpan(0, MacSize));
}

/// <summary>The result of a search for an RPPS number.</summary>
public abstract record RppsSearchResult
{
    private RppsSearchResult() { }

    /// <summary>The number only, without name or profession.</summary>
    public sealed record Found(string Rpps) : RppsSearchResult;

    /// <summary>No match, or more than one; the caller cannot distinguish them.</summary>
    public sealed record NotFound : RppsSearchResult;

    /// <summary>The mail address or the telephone number is missing or malformed.</summary>
    public sealed record Malformed : RppsSearchResult;
}
