namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Joins what a file says about a person with what the directory knows: a column that the format does not have changes nothing,
/// so that the public extract takes no contact details away.
/// </summary>
internal sealed class PersonMerge(ExtractHeader header)
{
    public Practitioner Merge(Practitioner? known, Practitioner listed) => known is null ? listed : new Practitioner
    {
        NationalId = listed.NationalId,
        FamilyName = HasCivilStatus(known) ? Pick(ExtractColumn.FamilyName, listed.FamilyName, known.FamilyName) : listed.FamilyName,
        GivenNames = HasCivilStatus(known) ? Pick(ExtractColumn.GivenNames, listed.GivenNames, known.GivenNames) : listed.GivenNames,
        BirthDate = Pick(ExtractColumn.BirthDate, listed.BirthDate, known.BirthDate),
        BirthCommuneCode = Pick(ExtractColumn.BirthCommuneCode, listed.BirthCommuneCode, known.BirthCommuneCode),
        BirthCountryCode = Pick(ExtractColumn.BirthCountryCode, listed.BirthCountryCode, known.BirthCountryCode),
        BirthPlace = Pick(ExtractColumn.BirthPlace, listed.BirthPlace, known.BirthPlace),
        SexCode = Pick(ExtractColumn.SexCode, listed.SexCode, known.SexCode),
        CivilityCode = Pick(ExtractColumn.CivilityCode, listed.CivilityCode, known.CivilityCode),
        ContactPhone = Pick(ExtractColumn.ContactPhone, listed.ContactPhone, known.ContactPhone),
        ContactEmail = Pick(ExtractColumn.ContactEmail, listed.ContactEmail, known.ContactEmail),
        AlternativeIdentifiers = Pick(ExtractColumn.AlternativeIdentifiers, listed.AlternativeIdentifiers, known.AlternativeIdentifiers),
        Practices = [.. listed.Practices.Select(practice => Merge(known, practice))],
    };

    public static bool SaysTheSame(Practitioner left, Practitioner right) =>
        left.NationalId == right.NationalId
        && left.FamilyName == right.FamilyName
        && left.GivenNames.SequenceEqual(right.GivenNames)
        && left.BirthDate == right.BirthDate
        && left.BirthCommuneCode == right.BirthCommuneCode
        && left.BirthCountryCode == right.BirthCountryCode
        && left.BirthPlace == right.BirthPlace
        && left.SexCode == right.SexCode
        && left.CivilityCode == right.CivilityCode
        && left.ContactPhone == right.ContactPhone
        && left.ContactEmail == right.ContactEmail
        && left.Practices.SequenceEqual(right.Practices)
        && left.AlternativeIdentifiers.SequenceEqual(right.AlternativeIdentifiers)
        && left.DelistedAt == right.DelistedAt;

    private T Pick<T>(ExtractColumn column, T listed, T known) => header.Has(column) ? listed : known;

    // The public extract has no civil names: those it gave, of practice, follow it until a restricted one says better.
    private static bool HasCivilStatus(Practitioner known) => known.BirthDate is not null || known.SexCode.Length > 0;

    private Practice Merge(Practitioner known, Practice listed)
    {
        if (header.Has(ExtractColumn.RoleCode) && header.Has(ExtractColumn.KindCode)) return listed;

        var knownActivities = known.Practices
            .Where(practice => practice with { Activities = [] } == listed with { Activities = [] })
            .SelectMany(practice => practice.Activities)
            .ToLookup(Readable);
        return listed with
        {
            Activities = [.. listed.Activities.SelectMany(a => knownActivities.Contains(a) ? knownActivities[a] : [a])],
        };
    }

    /// <summary>The activity as this format would show it.</summary>
    private Activity Readable(Activity activity) => activity with
    {
        RoleCode = header.Has(ExtractColumn.RoleCode) ? activity.RoleCode : "",
        KindCode = header.Has(ExtractColumn.KindCode) ? activity.KindCode : "",
    };
}
