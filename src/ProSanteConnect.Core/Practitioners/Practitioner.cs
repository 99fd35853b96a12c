using Microsoft.EntityFrameworkCore;

namespace ProSanteConnect.Core.Practitioners;

/// <summary>
/// A person of the health directory. The practices are one JSON document in the row.
/// An absent value is the empty string, as in the UserInfo response.
/// </summary>
public sealed class Practitioner
{
    /// <summary>The internal number, the only datum about a person that logs may contain.</summary>
    public long Id { get; private set; }

    /// <summary>The national identifier (idNat_PS); unique.</summary>
    public required string NationalId { get; init; }

    public string FamilyName { get; set; } = "";

    /// <summary>All given names, the usual one first.</summary>
    public IReadOnlyList<string> GivenNames { get; set; } = [];

    public DateOnly? BirthDate { get; set; }
    public string BirthCommuneCode { get; set; } = "";
    public string BirthCountryCode { get; set; } = "";
    public string BirthPlace { get; set; } = "";

    /// <summary>M, F or empty.</summary>
    public string SexCode { get; set; } = "";

    /// <summary>M, MME or empty.</summary>
    public string CivilityCode { get; set; } = "";

    /// <summary>The private telephone number (coordonnées de correspondance), as E.164; never shown unmasked.</summary>
    public string ContactPhone { get; set; } = "";

    /// <summary>The private mail address (coordonnées de correspondance), in lower case; never shown unmasked.</summary>
    public string ContactEmail { get; set; } = "";

    public IReadOnlyList<Practice> Practices { get; set; } = [];

    public IReadOnlyList<AlternativeIdentifier> AlternativeIdentifiers { get; set; } = [];

    /// <summary>When the directory stopped listing the person; null while listed. A delisted person cannot sign in.</summary>
    public DateTimeOffset? DelistedAt { get; set; }

    /// <summary>The instant of the last change; cached values computed before it are stale.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public string GivenName => GivenNames.Count > 0 ? GivenNames[0] : "";

    /// <summary>The usual given name and the family name, as used in greetings and messages.</summary>
    public string FullName => $"{GivenName} {FamilyName}".Trim();
}

public static class PractitionerQueries
{
    /// <summary>The person with a national identifier, if the directory lists them.</summary>
    public static IQueryable<Practitioner> Listed(this IQueryable<Practitioner> all, NationalId nationalId)
    {
        var value = nationalId.Value;
        return all.Where(p => p.NationalId == value && p.DelistedAt == null);
    }

    /// <summary>The internal number of the person with a national identifier, or null when the directory does not list them.</summary>
    public static Task<long?> FindListedAsync(this IQueryable<Practitioner> all, NationalId nationalId, CancellationToken ct) =>
        all.Listed(nationalId).Select(p => (long?)p.Id).SingleOrDefaultAsync(ct);
}

/// <summary>Another identifier of the same person (wire: <c>otherIds[]</c> with identifiant, origine, qualite).</summary>
public sealed record AlternativeIdentifier(string Value, string Origin, int Quality);
