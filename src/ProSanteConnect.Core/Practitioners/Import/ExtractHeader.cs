namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The position of each column. Columns were added over the years, so they are found by name.</summary>
internal sealed class ExtractHeader
{
    private const int Absent = -1;

    private readonly int[] _positions;

    private ExtractHeader(ExtractFormat format, int fields, bool endsWithSeparator, int[] positions)
    {
        Format = format;
        Fields = fields;
        EndsWithSeparator = endsWithSeparator;
        _positions = positions;
    }

    public ExtractFormat Format { get; }

    /// <summary>The number of fields of a line, without the empty one after a trailing separator.</summary>
    public int Fields { get; }

    /// <summary>Whether each line ends with a separator; a line without one is truncated then.</summary>
    public bool EndsWithSeparator { get; }

    public bool Has(ExtractColumn column) => _positions[(int)column] != Absent;

    /// <summary>The position of the column's field; -1 when absent.</summary>
    public int PositionOf(ExtractColumn column) => _positions[(int)column];

    /// <summary>Reads the first line; a refusal is returned as the result of the import.</summary>
    public static (ExtractHeader? Header, DirectoryImportResult? Refusal) Read(string line)
    {
        var names = line.TrimStart('\uFEFF').Split(ExtractRow.Separator);
        var endsWithSeparator = names[^1].Trim().Length == 0;
        if (endsWithSeparator) names = names[..^1];

        var positions = new int[ExtractColumns.Count];
        Array.Fill(positions, Absent);
        for (var i = 0; i < names.Length; i++)
        {
            if (!ExtractColumns.TryFind(names[i], out var column)) continue;
            if (positions[(int)column] != Absent) return (null, new DirectoryImportResult.ColumnRepeated(names[i].Trim()));

            positions[(int)column] = i;
        }

        if (positions[(int)ExtractColumn.NationalId] == Absent) return (null, new DirectoryImportResult.HeaderUnknown());

        // The restricted extract is recognised by the columns that the public one lacks.
        var format = positions[(int)ExtractColumn.FamilyName] != Absent || positions[(int)ExtractColumn.ContactEmail] != Absent
            ? ExtractFormat.Restricted
            : ExtractFormat.Public;
        var missing = Enum.GetValues<ExtractColumn>()
            .Where(column => positions[(int)column] == Absent && ExtractColumns.IsRequired(column, format))
            .Select(ExtractColumns.NameOf)
            .ToList();
        return missing.Count == 0
            ? (new ExtractHeader(format, names.Length, endsWithSeparator, positions), null)
            : (null, new DirectoryImportResult.ColumnsMissing(format, missing));
    }
}

public enum ExtractFormat
{
    /// <summary>"Extraction_ProSanteConnect_Personne_activite" and the output of pscextract: with civil status and contact details.</summary>
    Restricted,

    /// <summary>"PS_LibreAcces_Personne_activite": public data only.</summary>
    Public,
}

/// <summary>The columns that are read; <see cref="ExtractColumns"/> maps them to their names in the files.</summary>
internal enum ExtractColumn
{
    // Both formats.
    IdKind,
    IdNumber,
    NationalId,
    CivilityCode,
    PracticeCivilityCode,
    PracticeFamilyName,
    PracticeGivenName,
    ProfessionCode,
    CategoryCode,
    ExpertiseKindCode,
    ExpertiseCode,
    ModeCode,
    SectorCode,
    PharmacistSectionCode,
    Siret,
    Siren,
    Finess,
    LegalEntityFiness,
    OrganizationId,
    OrganizationName,
    TradeName,
    Recipient,
    GeographicPoint,
    StreetNumber,
    StreetNumberSuffix,
    StreetTypeCode,
    StreetName,
    Distribution,
    CedexOffice,
    PostalCode,
    CommuneCode,
    CountryCode,
    Phone,
    Phone2,
    Fax,
    Email,
    DepartmentCode,
    FormerOrganizationId,
    RegistrationAuthority,

    // The restricted format.
    FamilyName,
    GivenNames,
    BirthDate,
    BirthCommuneCode,
    BirthCountryCode,
    BirthPlace,
    SexCode,
    ContactPhone,
    ContactEmail,

    // Added later to one of the formats.
    RoleCode,
    KindCode,
    AlternativeIdentifiers,
}

/// <summary>The names of the columns in the files (ecps-cpx-directory §4.2, §4.3), and the required columns of each format.</summary>
internal static class ExtractColumns
{
    /// <summary>The maximum length of a value whose database column has no smaller limit.</summary>
    private const int DefaultMaxLength = 500;

    private static readonly (ExtractColumn Column, string Name)[] Names =
    [
        (ExtractColumn.IdKind, "Type d'identifiant PP"),
        (ExtractColumn.IdNumber, "Identifiant PP"),
        (ExtractColumn.NationalId, "Identification nationale PP"),
        (ExtractColumn.FamilyName, "Nom de famille"),
        (ExtractColumn.GivenNames, "Prénoms"),
        (ExtractColumn.BirthDate, "Date de naissance"),
        (ExtractColumn.BirthCommuneCode, "Code commune de naissance"),
        (ExtractColumn.BirthCountryCode, "Code pays de naissance"),
        (ExtractColumn.BirthPlace, "Lieu de naissance"),
        (ExtractColumn.SexCode, "Code sexe"),
        (ExtractColumn.ContactPhone, "Téléphone (coord. correspondance)"),
        (ExtractColumn.ContactEmail, "Adresse e-mail (coord. correspondance)"),
        (ExtractColumn.CivilityCode, "Code civilité"),
        (ExtractColumn.ProfessionCode, "Code profession"),
        (ExtractColumn.CategoryCode, "Code catégorie professionnelle"),
        (ExtractColumn.PracticeCivilityCode, "Code civilité d'exercice"),
        (ExtractColumn.PracticeFamilyName, "Nom d'exercice"),
        (ExtractColumn.PracticeGivenName, "Prénom d'exercice"),
        (ExtractColumn.ExpertiseKindCode, "Code type savoir-faire"),
        (ExtractColumn.ExpertiseCode, "Code savoir-faire"),
        (ExtractColumn.ModeCode, "Code mode exercice"),
        (ExtractColumn.SectorCode, "Code secteur d'activité"),
        (ExtractColumn.PharmacistSectionCode, "Code section tableau pharmaciens"),
        (ExtractColumn.RoleCode, "Code rôle"),
        (ExtractColumn.Siret, "Numéro SIRET site"),
        (ExtractColumn.Siren, "Numéro SIREN site"),
        (ExtractColumn.Finess, "Numéro FINESS site"),
        (ExtractColumn.LegalEntityFiness, "Numéro FINESS établissement juridique"),
        (ExtractColumn.OrganizationId, "Identifiant technique de la structure"),
        (ExtractColumn.OrganizationName, "Raison sociale site"),
        (ExtractColumn.TradeName, "Enseigne commerciale site"),
        (ExtractColumn.Recipient, "Complément destinataire (coord. structure)"),
        (ExtractColumn.GeographicPoint, "Complément point géographique (coord. structure)"),
        (ExtractColumn.StreetNumber, "Numéro Voie (coord. structure)"),
        (ExtractColumn.StreetNumberSuffix, "Indice répétition voie (coord. structure)"),
        (ExtractColumn.StreetTypeCode, "Code type de voie (coord. structure)"),
        (ExtractColumn.StreetName, "Libellé Voie (coord. structure)"),
        (ExtractColumn.Distribution, "Mention distribution (coord. structure)"),
        (ExtractColumn.CedexOffice, "Bureau cedex (coord. structure)"),
        (ExtractColumn.PostalCode, "Code postal (coord. structure)"),
        (ExtractColumn.CommuneCode, "Code commune (coord. structure)"),
        (ExtractColumn.CountryCode, "Code pays (coord. structure)"),
        (ExtractColumn.Phone, "Téléphone (coord. structure)"),
        (ExtractColumn.Phone2, "Téléphone 2 (coord. structure)"),
        (ExtractColumn.Fax, "Télécopie (coord. structure)"),
        (ExtractColumn.Email, "Adresse e-mail (coord. structure)"),
        (ExtractColumn.DepartmentCode, "Code département (coord. structure)"),
        (ExtractColumn.DepartmentCode, "Code Département (structure)"),
        (ExtractColumn.FormerOrganizationId, "Ancien identifiant de la structure"),
        (ExtractColumn.RegistrationAuthority, "Autorité d'enregistrement"),
        (ExtractColumn.AlternativeIdentifiers, "Autres identifiants"),
        (ExtractColumn.KindCode, "Code genre d'activité"),
        (ExtractColumn.KindCode, "Code genre activité"),
    ];

    private static readonly Dictionary<string, ExtractColumn> ByName =
        Names.ToDictionary(n => n.Name, n => n.Column, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] FirstNames =
        [.. Enum.GetValues<ExtractColumn>().Select(column => Names.First(n => n.Column == column).Name)];

    public static int Count => FirstNames.Length;

    /// <summary>Finds the column with this name; false for columns that are not read, such as labels.</summary>
    public static bool TryFind(string name, out ExtractColumn column) =>
        ByName.TryGetValue(name.Trim().Replace('’', '\''), out column);

    /// <summary>The column's name in the file, for messages.</summary>
    public static string NameOf(ExtractColumn column) => FirstNames[(int)column];

    /// <summary>Whether a file of this format is refused without the column.</summary>
    public static bool IsRequired(ExtractColumn column, ExtractFormat format) => column switch
    {
        <= ExtractColumn.RegistrationAuthority => true,
        <= ExtractColumn.ContactEmail or ExtractColumn.RoleCode => format == ExtractFormat.Restricted,
        _ => false,
    };

    /// <summary>The length of the database column (PractitionerConfiguration).</summary>
    public static int MaxLength(ExtractColumn column) => column switch
    {
        ExtractColumn.FamilyName or ExtractColumn.PracticeFamilyName or ExtractColumn.BirthPlace => 200,
        ExtractColumn.BirthCommuneCode or ExtractColumn.BirthCountryCode or ExtractColumn.SexCode or ExtractColumn.CivilityCode => 10,
        _ => DefaultMaxLength,
    };
}
