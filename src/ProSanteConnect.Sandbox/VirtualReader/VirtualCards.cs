using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.VirtualReader;

/// <summary>The test cards as the pages list them: found by a search, the last used first.</summary>
internal sealed class VirtualCards(SandboxPki pki, PscDb db, IHttpContextAccessor accessor, TimeProvider clock)
{
    /// <summary>The parameter of the search in the address of a page.</summary>
    public const string SearchParameter = "recherche";

    private const int MaxLastUsed = 5;

    private static readonly HostCookieBuilder LastUsedCookie = new() { Name = "__Host-psc-cartes", MaxAge = TimeSpan.FromDays(365) };

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>The words that the page searches for; empty without a search.</summary>
    public string Words => Http.Request.Query[SearchParameter].ToString().Trim();

    /// <summary>The number of practitioners, each of whom has a card.</summary>
    public Task<int> CountAsync() => Listed.CountAsync(Http.RequestAborted);

    /// <summary>
    /// The cards that match <see cref="Words"/>; without a search the cards that this browser used last, the first ones of the directory, and the cards
    /// to refuse.
    /// </summary>
    /// <param name="atMost">The number of ordinary cards.</param>
    public async Task<IReadOnlyList<VirtualCard>> ListAsync(int atMost)
    {
        if (Words.Length > 0)
        {
            var matching = (await Matching(Words).Take(atMost).ToListAsync(Http.RequestAborted)).Select(Show);
            return [.. matching.Concat(pki.RefusedCards.Select(Show).Where(IsMatch))];
        }

        var used = LastUsed.Select(pki.Find).OfType<TestCard>().Select(Show).ToList();
        var first = (await InOrder(Listed).Take(atMost).ToListAsync(Http.RequestAborted)).Select(Show);
        return [.. used.Concat(first).Concat(pki.RefusedCards.Select(Show)).DistinctBy(card => card.Id)];
    }

    /// <summary>Puts a card first in the list of this browser.</summary>
    public void KeepAsLastUsed(string id) => Http.Response.Cookies.Append(
        LastUsedCookie.Name!,
        string.Join('~', LastUsed.Prepend(id).Distinct(StringComparer.Ordinal).Take(MaxLastUsed)),
        LastUsedCookie.Build(Http, clock.GetUtcNow()));

    private IEnumerable<string> LastUsed => (Http.Request.Cookies[LastUsedCookie.Name!] ?? "").Split('~', StringSplitOptions.RemoveEmptyEntries).Take(MaxLastUsed);

    private IQueryable<Practitioner> Listed => db.Practitioners.AsNoTracking().Where(p => p.DelistedAt == null);

    // Each word must occur in a name, the identifier, the mail address or the telephone number. LIKE over all rows is fast enough for a sandbox.
    private IQueryable<Practitioner> Matching(string words)
    {
        var found = Listed;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{word.ToUpper(CultureInfo.InvariantCulture).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
            var ids = db.Database.SqlQuery<long>($"""
                SELECT "Id" AS "Value" FROM "Practitioners"
                WHERE upper("FamilyName" || ' ' || "GivenNames" || ' ' || "NationalId" || ' ' || "ContactEmail" || ' ' || "ContactPhone") LIKE {pattern} ESCAPE '!'
                """);
            found = found.Where(p => ids.Contains(p.Id));
        }

        return InOrder(found);
    }

    private bool IsMatch(VirtualCard card) => Words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => $"{card.Holder} {card.NationalId} {card.Speciality}".Contains(word, StringComparison.CurrentCultureIgnoreCase));

    private static IQueryable<Practitioner> InOrder(IQueryable<Practitioner> found) => found.OrderByDescending(p => EF.Functions.Like(p.NationalId, "8%")).ThenBy(p => p.NationalId);

    private static VirtualCard Show(Practitioner practitioner)
    {
        var holder = SandboxCards.HolderOf(practitioner);
        return Show(TestCard.NameOf(holder, TestCardVariant.Ordinary), holder, TestCardVariant.Ordinary);
    }

    private static VirtualCard Show(TestCard card) => Show(card.Name, card.Holder, card.Variant);

    private static VirtualCard Show(string id, CardHolder holder, TestCardVariant variant) => new(
        id,
        $"{holder.GivenName} {holder.FamilyName}",
        holder.Kind.ToString().ToUpperInvariant(),
        holder.Title,
        holder.NationalId,
        variant switch
        {
            TestCardVariant.Expired => "expirée",
            TestCardVariant.Revoked => "révoquée",
            TestCardVariant.UnknownAuthority => "d'une autorité inconnue",
            TestCardVariant.SignatureOnly => "certificat de signature",
            TestCardVariant.WrongPurpose => "certificat d'un autre usage",
            TestCardVariant.NotInDirectory => "absente de l'annuaire",
            _ => "",
        });
}

/// <summary>A test card of the virtual reader.</summary>
/// <param name="Id">The name of the card in the test PKI.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Kind">CPS, CPF, CPE or CPA.</param>
/// <param name="Profession">The title on the card.</param>
/// <param name="NationalId">The national identifier of the holder.</param>
/// <param name="Speciality">Why the card is refused, in French; empty for a valid card.</param>
public sealed record VirtualCard(string Id, string Holder, string Kind, string Profession, string NationalId, string Speciality);
