namespace ProSanteConnect.Core.Practitioners;

/// <summary>One practice of a profession (exercice professionnel), with its activities.</summary>
public sealed record Practice
{
    /// <summary>TRE_G15, for example 10 for a doctor.</summary>
    public string ProfessionCode { get; init; } = "";

    /// <summary>TRE_R09: C civil, E student, F civil servant, M military.</summary>
    public string CategoryCode { get; init; } = "";

    /// <summary>TRE_R11, for example DR.</summary>
    public string PracticeCivilityCode { get; init; } = "";

    /// <summary>The name used in practice, which may differ from the civil name.</summary>
    public string FamilyName { get; init; } = "";

    public string GivenName { get; init; } = "";

    /// <summary>TRE_R04, for example S.</summary>
    public string ExpertiseKindCode { get; init; } = "";

    /// <summary>TRE_R38 or a related terminology, for example SM54.</summary>
    public string ExpertiseCode { get; init; } = "";

    public IReadOnlyList<Activity> Activities { get; init; } = [];

    /// <summary>Compares codes, names and the sequence of activities.</summary>
    public bool Equals(Practice? other) =>
        other is not null
        && ProfessionCode == other.ProfessionCode
        && CategoryCode == other.CategoryCode
        && PracticeCivilityCode == other.PracticeCivilityCode
        && FamilyName == other.FamilyName
        && GivenName == other.GivenName
        && ExpertiseKindCode == other.ExpertiseKindCode
        && ExpertiseCode == other.ExpertiseCode
        && Activities.SequenceEqual(other.Activities);

    public override int GetHashCode() =>
        HashCode.Combine(ProfessionCode, CategoryCode, FamilyName, GivenName, ExpertiseCode, Activities.Count);
}

/// <summary>
/// One situation in which a practice is carried out (situation d'exercice): place, mode and role.
/// Codes are those of the NOS terminologies (ecps-cpx-directory §4.6); an absent value is the empty string.
/// </summary>
public sealed record Activity
{
    /// <summary>TRE_R23: S salaried, L independent, B volunteer.</summary>
    public string ModeCode { get; init; } = "";

    /// <summary>TRE_R02, for example SA07.</summary>
    public string SectorCode { get; init; } = "";

    /// <summary>TRE_R06, the section of the pharmacists' register.</summary>
    public string PharmacistSectionCode { get; init; } = "";

    /// <summary>TRE_R21, for example FON-01.</summary>
    public string RoleCode { get; init; } = "";

    /// <summary>TRE_R22, for example GENR01.</summary>
    public string KindCode { get; init; } = "";

    public string Siret { get; init; } = "";
    public string Siren { get; init; } = "";
    public string Finess { get; init; } = "";
    public string LegalEntityFiness { get; init; } = "";

    /// <summary>The technical identifier of the organization: F + FINESS, C + SIRET, R + RPPS-rang.</summary>
    public string OrganizationId { get; init; } = "";

    public string OrganizationName { get; init; } = "";
    public string TradeName { get; init; } = "";
    public string Recipient { get; init; } = "";
    public string GeographicPoint { get; init; } = "";
    public string StreetNumber { get; init; } = "";
    public string StreetNumberSuffix { get; init; } = "";
    public string StreetTypeCode { get; init; } = "";
    public string StreetName { get; init; } = "";
    public string Distribution { get; init; } = "";
    public string CedexOffice { get; init; } = "";
    public string PostalCode { get; init; } = "";
    public string CommuneCode { get; init; } = "";
    public string CountryCode { get; init; } = "";
    public string Phone { get; init; } = "";
    public string Phone2 { get; init; } = "";
    public string Fax { get; init; } = "";
    public string Email { get; init; } = "";
    public string DepartmentCode { get; init; } = "";

    /// <summary>The type digit of TRE_G07 followed by the organization's number.</summary>
    public string FormerOrganizationId { get; init; } = "";

    public string RegistrationAuthority { get; init; } = "";
}
