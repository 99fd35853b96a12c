using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>The data of the directory about a person, in words instead of codes.</summary>
internal static class DirectoryFacts
{
    public static IReadOnlyList<Fact> Of(Practitioner practitioner) =>
    [
        new(DirectoryTexts.FullName, Words([Nomenclatures.Civilities.LabelOf(practitioner.CivilityCode), .. practitioner.GivenNames, practitioner.FamilyName])),
        new(DirectoryTexts.NationalId, practitioner.NationalId),
        new(
            DirectoryTexts.OtherIdentifiers,
            [
                .. practitioner.AlternativeIdentifiers
                    .Where(identifier => identifier.Value != practitioner.NationalId)
                    .Select(identifier => $"{identifier.Value} ({identifier.Origin})"),
            ]),
    ];

    public static IReadOnlyList<Fact> Of(Practice practice) =>
    [
        new(DirectoryTexts.Speciality, Nomenclatures.Expertises.LabelOf(practice.ExpertiseCode)),
        new(
            DirectoryTexts.PracticeName,
            Words([Nomenclatures.PracticeCivilities.LabelOf(practice.PracticeCivilityCode), practice.GivenName, practice.FamilyName])),
        new(DirectoryTexts.Category, Nomenclatures.ProfessionalCategories.LabelOf(practice.CategoryCode)),
    ];

    public static IReadOnlyList<Fact> Of(Activity activity) =>
    [
        new(DirectoryTexts.Mode, Nomenclatures.PracticeModes.LabelOf(activity.ModeCode)),
        new(DirectoryTexts.Sector, Nomenclatures.Sectors.LabelOf(activity.SectorCode)),
        new(DirectoryTexts.Role, Nomenclatures.Roles.LabelOf(activity.RoleCode)),
        new(DirectoryTexts.KindOfActivity, Nomenclatures.ActivityKinds.LabelOf(activity.KindCode)),
        new(DirectoryTexts.Address, AddressOf(activity)),
        new(DirectoryTexts.Phone, activity.Phone),
        new(DirectoryTexts.Finess, activity.Finess),
        new(DirectoryTexts.Siret, activity.Siret),
    ];

    public static string TitleOf(Practice practice) =>
        practice.ProfessionCode.Length > 0 ? Nomenclatures.Professions.LabelOf(practice.ProfessionCode) : DirectoryTexts.NoProfession;

    public static string TitleOf(Activity activity) => FirstOf(
        activity.TradeName, activity.OrganizationName, activity.Recipient, Nomenclatures.Sectors.LabelOf(activity.SectorCode), DirectoryTexts.Activity);

    private static string[] AddressOf(Activity activity) =>
    [
        .. new[]
        {
            activity.GeographicPoint,
            Words([activity.StreetNumber + activity.StreetNumberSuffix, activity.StreetTypeCode, activity.StreetName]),
            activity.Distribution,
            // The post office field usually repeats the postal code in front of the town.
            activity.CedexOffice.StartsWith(activity.PostalCode, StringComparison.Ordinal)
                ? activity.CedexOffice
                : Words([activity.PostalCode, activity.CedexOffice]),
        }.Where(line => line.Length > 0),
    ];

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));

    private static string FirstOf(params string[] candidates) => candidates.First(text => text.Length > 0);
}

/// <summary>A label and its lines; without a line it is not shown.</summary>
internal sealed record Fact(string Name, IReadOnlyList<string> Lines)
{
    public Fact(string name, string line)
        : this(name, line.Length > 0 ? [line] : [])
    {
    }
}
