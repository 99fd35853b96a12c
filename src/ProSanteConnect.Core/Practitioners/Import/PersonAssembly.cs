using System.Globalization;

namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>
/// Builds one person from the lines about them; each line holds one profession, expertise and situation. The order of the lines
/// does not matter: a sorted file and a shuffled one give the same directory.
/// </summary>
internal sealed class PersonAssembly(ExtractHeader header, Action<LineRemark> remark)
{
    private static readonly Activity NoActivity = new();
    private static readonly Practice NoPractice = new();

    private HashSet<ExtractColumn> _unreadable = [];

    public AssembledPerson Assemble(string nationalId, IReadOnlyList<ExtractRow> lines)
    {
        _unreadable = [];
        var rows = lines.DistinctBy(row => row.Text).OrderBy(row => row.Text, StringComparer.Ordinal).ToList();
        var person = Practitioner(nationalId, rows);
        return new AssembledPerson(person, _unreadable, lines[0].Line, lines.Count);
    }

    private Practitioner Practitioner(string nationalId, List<ExtractRow> rows)
    {
        return new Practitioner
        {
            NationalId = nationalId,
            FamilyName = First(rows, header.Has(ExtractColumn.FamilyName) ? ExtractColumn.FamilyName : ExtractColumn.PracticeFamilyName),
            GivenNames = GivenNames(rows),
            BirthDate = BirthDate(rows),
            BirthCommuneCode = First(rows, ExtractColumn.BirthCommuneCode),
            BirthCountryCode = First(rows, ExtractColumn.BirthCountryCode),
            BirthPlace = First(rows, ExtractColumn.BirthPlace),
            SexCode = First(rows, ExtractColumn.SexCode),
            CivilityCode = First(rows, ExtractColumn.CivilityCode),
            ContactPhone = ContactPhone(rows),
            ContactEmail = ContactEmail(rows),
            Practices = Practices(rows),
            AlternativeIdentifiers = AlternativeIdentifiers(nationalId, rows),
        };
    }

    /// <summary>The person's value of this column. When lines disagree, that of the first line in sort order.</summary>
    private string First(List<ExtractRow> rows, ExtractColumn column) => FirstRow(rows, column)?[column] ?? "";

    private ExtractRow? FirstRow(List<ExtractRow> rows, ExtractColumn column)
    {
        ExtractRow? first = null;
        foreach (var row in rows)
        {
            var value = row.Span(column);
            if (value.IsEmpty) continue;

            first ??= row;
            if (!value.SequenceEqual(first.Span(column))) Remark(row, LineFault.LinesDisagree, column);
        }

        return first;
    }

    private string[] GivenNames(List<ExtractRow> rows) => header.Has(ExtractColumn.GivenNames)
        ? First(rows, ExtractColumn.GivenNames).Split('\'', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : First(rows, ExtractColumn.PracticeGivenName) is { Length: > 0 } name ? [name] : [];

    private DateOnly? BirthDate(List<ExtractRow> rows)
    {
        return FirstReadable<DateOnly?>(
            rows,
            ExtractColumn.BirthDate,
            LineFault.BirthDateUnreadable,
            text => DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);
    }

    private string ContactPhone(List<ExtractRow> rows) => FirstReadable(
        rows, ExtractColumn.ContactPhone, LineFault.PhoneUnreadable, text => PhoneNumber.TryParse(text, out var phone) ? phone.Value : null) ?? "";

    private string ContactEmail(List<ExtractRow> rows) => FirstReadable(
        rows, ExtractColumn.ContactEmail, LineFault.EmailUnreadable, text => EmailAddress.TryParse(text, out var address) ? address.Value : null) ?? "";

    /// <summary>The first value that can be read; an unreadable one on another line does not hide it.</summary>
    private T? FirstReadable<T>(List<ExtractRow> rows, ExtractColumn column, LineFault unreadable, Func<string, T?> read)
    {
        if (FirstRow(rows, column) is not { } first) return default;

        foreach (var text in rows.Select(row => row[column]).Where(text => text.Length > 0).Distinct())
        {
            if (read(text) is { } value) return value;
        }

        RemarkUnreadable(first, unreadable, column);
        return default;
    }

    private static List<Practice> Practices(List<ExtractRow> rows)
    {
        // An employee of a structure has a practice without a profession (psc-protocol §5.2); names alone make none.
        return [.. rows
            .Where(row => IsPractice(PracticeOf(row)) || HasSituation(ActivityOf(row)))
            .GroupBy(PracticeOf)
            .Select(group => group.Key with { Activities = [.. group.Select(ActivityOf).Where(HasSituation).Distinct()] })];
    }

    private static bool IsPractice(Practice practice) => practice with { FamilyName = "", GivenName = "" } != NoPractice;

    // The authority also registers persons without a situation, so it alone does not make one.
    private static bool HasSituation(Activity activity) => activity with { RegistrationAuthority = "" } != NoActivity;

    private static Practice PracticeOf(ExtractRow row) => new()
    {
        ProfessionCode = row[ExtractColumn.ProfessionCode],
        CategoryCode = row[ExtractColumn.CategoryCode],
        PracticeCivilityCode = row[ExtractColumn.PracticeCivilityCode],
        FamilyName = row[ExtractColumn.PracticeFamilyName],
        GivenName = row[ExtractColumn.PracticeGivenName],
        ExpertiseKindCode = row[ExtractColumn.ExpertiseKindCode],
        ExpertiseCode = row[ExtractColumn.ExpertiseCode],
    };

    private static Activity ActivityOf(ExtractRow row) => new()
    {
        ModeCode = row[ExtractColumn.ModeCode],
        SectorCode = row[ExtractColumn.SectorCode],
        PharmacistSectionCode = row[ExtractColumn.PharmacistSectionCode],
        RoleCode = row[ExtractColumn.RoleCode],
        KindCode = row[ExtractColumn.KindCode],
        Siret = row[ExtractColumn.Siret],
        Siren = row[ExtractColumn.Siren],
        Finess = row[ExtractColumn.Finess],
        LegalEntityFiness = row[ExtractColumn.LegalEntityFiness],
        OrganizationId = row[ExtractColumn.OrganizationId],
        OrganizationName = row[ExtractColumn.OrganizationName],
        TradeName = row[ExtractColumn.TradeName],
        Recipient = row[ExtractColumn.Recipient],
        GeographicPoint = row[ExtractColumn.GeographicPoint],
        StreetNumber = row[ExtractColumn.StreetNumber],
        StreetNumberSuffix = row[ExtractColumn.StreetNumberSuffix],
        StreetTypeCode = row[ExtractColumn.StreetTypeCode],
        StreetName = row[ExtractColumn.StreetName],
        Distribution = row[ExtractColumn.Distribution],
        CedexOffice = row[ExtractColumn.CedexOffice],
        PostalCode = row[ExtractColumn.PostalCode],
        CommuneCode = row[ExtractColumn.CommuneCode],
        CountryCode = row[ExtractColumn.CountryCode],
        Phone = row[ExtractColumn.Phone],
        Phone2 = row[ExtractColumn.Phone2],
        Fax = row[ExtractColumn.Fax],
        Email = row[ExtractColumn.Email],
        DepartmentCode = row[ExtractColumn.DepartmentCode],
        FormerOrganizationId = row[ExtractColumn.FormerOrganizationId],
        RegistrationAuthority = row[ExtractColumn.RegistrationAuthority],
    };

    // Items «idNat,ORIGINE,1» joined by «;» (pscextract).
    private IReadOnlyList<AlternativeIdentifier> AlternativeIdentifiers(string nationalId, List<ExtractRow> rows)
    {
        var found = new List<AlternativeIdentifier>();
        foreach (var row in rows)
        {
            foreach (var item in row[ExtractColumn.AlternativeIdentifiers].Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                if (item.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } value, { Length: > 0 } origin, var quality]
                    && int.TryParse(quality, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    found.Add(new AlternativeIdentifier(value, origin, number));
                }
                else
                {
                    RemarkUnreadable(row, LineFault.AlternativeIdentifierUnreadable, ExtractColumn.AlternativeIdentifiers);
                }
            }
        }

        return found.Count > 0 ? [.. found.Distinct()] : [OwnIdentifier(nationalId)];
    }

    private static AlternativeIdentifier OwnIdentifier(string nationalId) =>
        new(nationalId, NationalId.TryParse(nationalId, out var id) ? id.Origin : "", Quality: 1);

    private void RemarkUnreadable(ExtractRow row, LineFault fault, ExtractColumn column)
    {
        _unreadable.Add(column);
        Remark(row, fault, column);
    }

    private void Remark(ExtractRow row, LineFault fault, ExtractColumn column) =>
        remark(new LineRemark(row.Line, fault, ExtractColumns.NameOf(column)));
}

/// <summary>A person of the file, the columns whose value could not be read, and the lines: the number of the first one, and how many.</summary>
internal sealed record AssembledPerson(Practitioner Person, IReadOnlySet<ExtractColumn> Unreadable, long FirstLine, int Lines);

/// <summary>
/// Merges a person of the file with the one in the directory. A column that the format lacks changes nothing, so that the public
/// extract does not remove contact details; nor does a value that cannot be read.
/// </summary>
internal sealed class PersonMerge(ExtractHeader header)
{
    private IReadOnlySet<ExtractColumn> _unreadable = new HashSet<ExtractColumn>();

    public Practitioner Merge(Practitioner? known, AssembledPerson listed)
    {
        _unreadable = listed.Unreadable;
        return known is null ? listed.Person : Merge(known, listed.Person);
    }

    /// <summary>The name that the directory has and the file no longer gives; null when there is none.</summary>
    public static ExtractColumn? VanishedName(Practitioner known, Practitioner merged) => (known, merged) switch
    {
        ({ FamilyName.Length: > 0 }, { FamilyName.Length: 0 }) => ExtractColumn.FamilyName,
        ({ GivenNames.Count: > 0 }, { GivenNames.Count: 0 }) => ExtractColumn.GivenNames,
        _ => null,
    };

    private Practitioner Merge(Practitioner known, Practitioner listed) => new()
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

    private T Pick<T>(ExtractColumn column, T listed, T known) => header.Has(column) && !_unreadable.Contains(column) ? listed : known;

    // The public extract has no civil names: it updates the names only until a restricted extract has provided the civil ones.
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

    /// <summary>The activity reduced to the columns of this format.</summary>
    private Activity Readable(Activity activity) => activity with
    {
        RoleCode = header.Has(ExtractColumn.RoleCode) ? activity.RoleCode : "",
        KindCode = header.Has(ExtractColumn.KindCode) ? activity.KindCode : "",
    };
}
