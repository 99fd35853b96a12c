using System.Globalization;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Pki;

/// <summary>The test cards of the sandbox and their authorities.</summary>
public sealed class SandboxPki(TestPki pki, TestPkiFolder folder)
{
    public TestPki Pki => pki;

    public TestPkiFolder Folder => folder;

    public IReadOnlyList<TestCard> Cards => pki.Cards;

    public TestCard? Find(string name) => pki.Cards.FirstOrDefault(card => card.Name == name);

    /// <summary>One card holder for each practitioner. Practitioners with an RPPS number come first: the cards to refuse belong to the first holder.</summary>
    public static IReadOnlyList<CardHolder> HoldersOf(IEnumerable<Practitioner> practitioners) =>
        [.. practitioners.OrderByDescending(p => p.NationalId[0]).ThenBy(p => p.NationalId, StringComparer.Ordinal).Select(SandboxCards.HolderOf)];
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
