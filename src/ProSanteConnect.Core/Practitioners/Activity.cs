namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// One situation in which a practice is carried out (situation d'exercice): where, in which mode and function.
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
