namespace ProSanteConnect.Core.Practitioners.Import;

/// <summary>The names that the files give the columns (ecps-cpx-directory §4.2, §4.3), and what is asked of each format.</summary>
internal static class ExtractColumns
{
    /// <summary>How long a value may be when no column of the database says less.</summary>
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

    /// <summary>The column of this name; others, labels above all, are not read.</summary>
    public static bool TryFind(string name, out ExtractColumn column) =>
        ByName.TryGetValue(name.Trim().Replace('’', '\''), out column);

    /// <summary>The name by which a person finds the column in the file.</summary>
    public static string NameOf(ExtractColumn column) => FirstNames[(int)column];

    /// <summary>Whether a file of this format without the column is not one.</summary>
    public static bool IsRequired(ExtractColumn column, ExtractFormat format) => column switch
    {
        <= ExtractColumn.RegistrationAuthority => true,
        <= ExtractColumn.ContactEmail or ExtractColumn.RoleCode => format == ExtractFormat.Restricted,
        _ => false,
    };

    /// <summary>The room that the database has (PractitionerConfiguration).</summary>
    public static int MaxLength(ExtractColumn column) => column switch
    {
        ExtractColumn.FamilyName or ExtractColumn.PracticeFamilyName or ExtractColumn.BirthPlace => 200,
        ExtractColumn.BirthCommuneCode or ExtractColumn.BirthCountryCode or ExtractColumn.SexCode or ExtractColumn.CivilityCode => 10,
        _ => DefaultMaxLength,
    };
}
