using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Account;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>What the directory says about a person, in words instead of codes.</summary>
internal static class DirectoryFacts
{
    public static IReadOnlyList<Fact> Of(Practitioner practitioner) =>
    [
        new(AccountTexts.FullName, Words([Nomenclatures.Civilities.LabelOf(practitioner.CivilityCode), .. practitioner.GivenNames, practitioner.FamilyName])),
        new(AccountTexts.NationalId, practitioner.NationalId),
        new(
            AccountTexts.OtherIdentifiers,
            [
                .. practitioner.AlternativeIdentifiers
                    .Where(identifier => identifier.Value != practitioner.NationalId)
                    .Select(identifier => $"{identifier.Value} ({identifier.Origin})"),
            ]),
    ];

    public static IReadOnlyList<Fact> Of(Practice practice) =>
    [
        new(AccountTexts.Speciality, Nomenclatures.Expertises.LabelOf(practice.ExpertiseCode)),
        new(
            AccountTexts.PracticeName,
            Words([Nomenclatures.PracticeCivilities.LabelOf(practice.PracticeCivilityCode), practice.GivenName, practice.FamilyName])),
        new(AccountTexts.Category, Nomenclatures.ProfessionalCategories.LabelOf(practice.CategoryCode)),
    ];

    public static IReadOnlyList<Fact> Of(Activity activity) =>
    [
        new(AccountTexts.Mode, Nomenclatures.PracticeModes.LabelOf(activity.ModeCode)),
        new(AccountTexts.Sector, Nomenclatures.Sectors.LabelOf(activity.SectorCode)),
        new(AccountTexts.Role, Nomenclatures.Roles.LabelOf(activity.RoleCode)),
        new(AccountTexts.KindOfActivity, Nomenclatures.ActivityKinds.LabelOf(activity.KindCode)),
        new(AccountTexts.Address, AddressOf(activity)),
        new(AccountTexts.Phone, activity.Phone),
        new(AccountTexts.Finess, activity.Finess),
        new(AccountTexts.Siret, activity.Siret),
    ];

    public static string TitleOf(Practice practice) =>
        practice.ProfessionCode.Length > 0 ? Nomenclatures.Professions.LabelOf(practice.ProfessionCode) : AccountTexts.NoProfession;

    public static string TitleOf(Activity activity) => FirstOf(
        activity.TradeName, activity.OrganizationName, activity.Recipient, Nomenclatures.Sectors.LabelOf(activity.SectorCode), AccountTexts.Activity);

    private static string[] AddressOf(Activity activity) =>
    [
        .. new[]
        {
            activity.GeographicPoint,
            Words([activity.StreetNumber + activity.StreetNumberSuffix, activity.StreetTypeCode, activity.StreetName]),
            activity.Distribution,
            // The office repeats the postal code in front of the town, most of the time.
            activity.CedexOffice.StartsWith(activity.PostalCode, StringComparison.Ordinal)
                ? activity.CedexOffice
                : Words([activity.PostalCode, activity.CedexOffice]),
        }.Where(line => line.Length > 0),
    ];

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));

    private static string FirstOf(params string[] candidates) => candidates.First(text => text.Length > 0);
}

/// <summary>A name and what stands beside it, on one line or more; a fact without a line is not shown.</summary>
internal sealed record Fact(string Name, IReadOnlyList<string> Lines)
{
    public Fact(string name, string line)
        : this(name, line.Length > 0 ? [line] : [])
    {
    }
}
