using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>
/// The test authorities of the sandbox and their cards. The card of a practitioner is made when it is first asked for, so that the start does
/// not depend on the number of practitioners.
/// </summary>
public sealed class SandboxPki(TestPki pki, TestPkiFolder folder, PscDbFactory databases, TimeProvider clock)
{
    private readonly Lock _saving = new();

    public TestPki Pki => pki;

    public TestPkiFolder Folder => folder;

    /// <summary>The cards that the sandbox refuses.</summary>
    public IEnumerable<TestCard> RefusedCards => pki.Cards.Where(card => card.Variant != TestCardVariant.Ordinary);

    /// <summary>The card of this name, which is made if a listed practitioner would hold it; else null.</summary>
    public TestCard? Find(string name) => Made(name) ?? (HolderOf(name) is { } holder ? Make(holder) : null);

    /// <summary>The holder of the cards to refuse: the first practitioner with a CPS.</summary>
    internal static async Task<IReadOnlyList<CardHolder>> FirstHolderAsync(PscDbFactory databases, CancellationToken ct)
    {
        await using var db = databases.Create();
        return await db.Practitioners.AsNoTracking().Where(p => p.DelistedAt == null).OrderByDescending(p => EF.Functions.Like(p.NationalId, "8%")).ThenBy(p => p.NationalId)
            .AsAsyncEnumerable().Select(SandboxCards.HolderOf).FirstOrDefaultAsync(holder => holder.Kind == CpxKind.Cps, ct) is { } first ? [first] : [];
    }

    private TestCard? Made(string name) => pki.Cards.FirstOrDefault(card => card.Name == name);

    private TestCard Make(CardHolder holder)
    {
        lock (_saving)
        {
            if (pki.AddMissingCard(holder, clock.GetUtcNow()) is { } made) folder.Add(pki, made);
        }

        return Made(TestCard.NameOf(holder, TestCardVariant.Ordinary))!;
    }

    // A name is the kind of card, a hyphen and the national identifier, in which a hyphen stands for a slash.
    private CardHolder? HolderOf(string name)
    {
        var nationalId = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..].ToUpperInvariant().Replace('-', '/');
        using var db = databases.Create();
        var holder = db.Practitioners.AsNoTracking().SingleOrDefault(p => p.NationalId == nationalId && p.DelistedAt == null);
        return holder is not null && SandboxCards.HolderOf(holder) is var card && TestCard.NameOf(card, TestCardVariant.Ordinary) == name ? card : null;
    }
}

/// <summary>Derives the card of a fictional practitioner from the directory entry (ecps-cpx-directory §2).</summary>
internal static class SandboxCards
{
    public static CardHolder HolderOf(Practitioner practitioner)
    {
        var practice = practitioner.Practices.Count > 0 ? practitioner.Practices[0] : new Practice();
        var activity = practice.Activities.Count > 0 ? practice.Activities[0] : new Activity();
        var kind = KindOf(practitioner.NationalId, practice);
        var isEmployee = kind is CpxKind.Cpe or CpxKind.Cpa;
        return new CardHolder(
            kind,
            practitioner.NationalId,
            practitioner.FamilyName,
            practitioner.GivenName,
            isEmployee ? "Personnel santé ou social" : TitleOf(practice))
        {
            ProfessionCode = int.TryParse(practice.ProfessionCode, CultureInfo.InvariantCulture, out var code) ? code : null,
            Department = isEmployee ? $"Département ({activity.DepartmentCode})" : null,
            OrganizationId = isEmployee ? activity.FormerOrganizationId : null,
            Organization = isEmployee ? activity.OrganizationName : null,
        };
    }

    private static CpxKind KindOf(string nationalId, Practice practice)
    {
        if (nationalId.Contains("CPAT", StringComparison.Ordinal)) return CpxKind.Cpa;
        if (nationalId.Contains("CPET", StringComparison.Ordinal)) return CpxKind.Cpe;

        return practice.CategoryCode == "E" ? CpxKind.Cpf : CpxKind.Cps;
    }

    private static string TitleOf(Practice practice) =>
        practice.ProfessionCode.Length > 0 ? Nomenclatures.Professions.LabelOf(practice.ProfessionCode) : "Professionnel de santé";
}
