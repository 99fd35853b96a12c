using ProSanteConnect.Core.Authenticators;

namespace ProSanteConnect.Tools.Certs;

/// <summary>The person for whom a test card is made.</summary>
public sealed record CardHolder(CpxKind Kind, string NationalId, string FamilyName, string GivenName, string Title)
{
    /// <summary>TRE_G15, for example 10 for a doctor.</summary>
    public int? ProfessionCode { get; init; }

    /// <summary>The structure of a CPE or CPA: its département in words.</summary>
    public string? Department { get; init; }

    /// <summary>The type digit of TRE_G07 followed by the number of the structure.</summary>
    public string? OrganizationId { get; init; }

    public string? Organization { get; init; }
}
