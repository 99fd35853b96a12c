using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Protocol.Tokens;

namespace ProSanteConnect.Server.Protocol.UserInfo;

/// <summary>
/// Writes a practitioner as UserInfo (psc-protocol §5): the names come from the VIHF of the CI-SIS, an absent value is the
/// empty string, and a person without a practice has no <c>SubjectRefPro</c>.
/// </summary>
internal static class UserInfoWriter
{
    /// <summary>TRE_R231: private authentication of a natural person, third level.</summary>
    private const string ThirdLevel = "APPPRIP3^1.2.250.1.213.1.5.1.1.1";

    private const string SectorTerminology = "1.2.250.1.71.4.2.4";
    private const string RoleValueSet = "1.2.250.1.213.1.1.5.5";
    private const string Locale = "1.2.250.1.213.1.3.1.1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the scopes of a token let it see: <c>scope_all</c> everything, <c>profile</c> or <c>identity</c> the names, else the identifiers.</summary>
    public static UserInfoExtent ExtentOf(string scope)
    {
        var scopes = scope.Split(' ');
        if (scopes.Contains("scope_all")) return UserInfoExtent.Everything;
        return scopes.Contains("profile") || scopes.Contains("identity") ? UserInfoExtent.Names : UserInfoExtent.Identifiers;
    }

    public static byte[] Write(Practitioner practitioner, string subject, AuthMode authMode, UserInfoExtent extent)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("sub", subject);
            json.WriteString("preferred_username", practitioner.NationalId);
            json.WriteString(ClaimNames.SubjectNameId, practitioner.NationalId);
            if (extent != UserInfoExtent.Identifiers)
            {
                json.WriteString("given_name", practitioner.GivenName);
                json.WriteString("family_name", practitioner.FamilyName);
                json.WriteString(ClaimNames.CivilityCode, practitioner.CivilityCode);
                json.WriteBoolean("email_verified", false);
            }

            if (extent == UserInfoExtent.Everything) WriteProfessional(json, practitioner, authMode);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteProfessional(Utf8JsonWriter json, Practitioner practitioner, AuthMode authMode)
    {
        var activity = practitioner.Practices.SelectMany(p => p.Activities).FirstOrDefault() ?? new Activity();
        json.WriteString(ClaimNames.KindOfActivityCode, activity.KindCode);
        json.WriteString(ClaimNames.ActiveSector, activity.SectorCode.Length > 0 ? $"{activity.SectorCode}^{SectorTerminology}" : "");
        json.WriteString(ClaimNames.Organization, activity.OrganizationName);
        json.WriteString(ClaimNames.OrganizationId, activity.OrganizationId);
        json.WriteStartArray(ClaimNames.Role);
        foreach (var profession in practitioner.Practices.Select(p => p.ProfessionCode).Where(code => code.Length > 0).Distinct())
            json.WriteStringValue($"{profession}^{RoleValueSet}");
        json.WriteEndArray();
        json.WriteString(ClaimNames.AccessMode, "");
        json.WriteString(ClaimNames.AccessRegulation, "FAUX");
        json.WriteString(ClaimNames.UserInfoVersion, "1.0");
        json.WriteString(ClaimNames.AuthenticationLevel, ThirdLevel);
        json.WriteString(ClaimNames.Locale, Locale);
        json.WriteString(ClaimNames.AuthMode, TokenWriter.AuthModeName(authMode));

        json.WriteStartArray(ClaimNames.OtherIds);
        foreach (var identifier in practitioner.AlternativeIdentifiers) WriteIdentifier(json, identifier);
        json.WriteEndArray();

        if (practitioner.Practices.Count == 0) return;

        json.WriteStartObject(ClaimNames.RefPro);
        json.WriteString(ClaimNames.CivilityCode, practitioner.CivilityCode);
        json.WriteStartArray("exercices");
        foreach (var practice in practitioner.Practices) WritePractice(json, practice);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, AlternativeIdentifier identifier)
    {
        json.WriteStartObject();
        json.WriteString("identifiant", identifier.Value);
        json.WriteString("origine", identifier.Origin);
        json.WriteNumber("qualite", identifier.Quality);
        json.WriteEndObject();
    }

    private static void WritePractice(Utf8JsonWriter json, Practice practice)
    {
        json.WriteStartObject();
        json.WriteString("codeProfession", practice.ProfessionCode);
        json.WriteString("codeCategorieProfessionnelle", practice.CategoryCode);
        json.WriteString("codeCiviliteDexercice", practice.PracticeCivilityCode);
        json.WriteString("nomDexercice", practice.FamilyName);
        json.WriteString("prenomDexercice", practice.GivenName);
        json.WriteString("codeTypeSavoirFaire", practice.ExpertiseKindCode);
        json.WriteString("codeSavoirFaire", practice.ExpertiseCode);
        json.WriteStartArray("activities");
        foreach (var activity in practice.Activities) WriteActivity(json, activity);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteActivity(Utf8JsonWriter json, Activity activity)
    {
        json.WriteStartObject();
        json.WriteString("codeModeExercice", activity.ModeCode);
        json.WriteString("codeSecteurDactivite", activity.SectorCode);
        json.WriteString("codeSectionPharmacien", activity.PharmacistSectionCode);
        json.WriteString("codeRole", activity.RoleCode);
        json.WriteString("codeGenreActivite", activity.KindCode);
        json.WriteString("numeroSiretSite", activity.Siret);
        json.WriteString("numeroSirenSite", activity.Siren);
        json.WriteString("numeroFinessSite", activity.Finess);
        json.WriteString("numeroFinessetablissementJuridique", activity.LegalEntityFiness);
        json.WriteString("identifiantTechniqueDeLaStructure", activity.OrganizationId);
        json.WriteString("raisonSocialeSite", activity.OrganizationName);
        json.WriteString("enseigneCommercialeSite", activity.TradeName);
        json.WriteString("complementDestinataire", activity.Recipient);
        json.WriteString("complementPointGeographique", activity.GeographicPoint);
        json.WriteString("numeroVoie", activity.StreetNumber);
        json.WriteString("indiceRepetitionVoie", activity.StreetNumberSuffix);
        json.WriteString("codeTypeDeVoie", activity.StreetTypeCode);
        json.WriteString("libelleVoie", activity.StreetName);
        json.WriteString("mentionDistribution", activity.Distribution);
        json.WriteString("bureauCedex", activity.CedexOffice);
        json.WriteString("codePostal", activity.PostalCode);
        json.WriteString("codeCommune", activity.CommuneCode);
        json.WriteString("codePays", activity.CountryCode);
        json.WriteString("telephone", activity.Phone);
        json.WriteString("telephone2", activity.Phone2);
        json.WriteString("telecopie", activity.Fax);
        json.WriteString("adresseEMail", activity.Email);
        json.WriteString("codeDepartement", activity.DepartmentCode);
        json.WriteString("ancienIdentifiantDeLaStructure", activity.FormerOrganizationId);
        json.WriteString("autoriteDenregistrement", activity.RegistrationAuthority);
        json.WriteEndObject();
    }
}

/// <summary>How much of a practitioner a token may see.</summary>
internal enum UserInfoExtent
{
    Identifiers,
    Names,
    Everything,
}

/// <summary>
/// The claims of the practitioners who are signing in, written once for each state of the directory: the token's own query
/// tells when a person was changed last, so nothing here is ever stale.
/// </summary>
internal sealed class PractitionerClaims(TokenWriter tokens) : IDisposable
{
    /// <summary>How many documents are kept at most; one has about 2 kB.</summary>
    private const int Capacity = 20_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>The UserInfo document of a grant, as far as the scope of the token lets it be seen.</summary>
    public async Task<byte[]> UserInfoAsync(PscDb db, LiveGrant grant, string scope, CancellationToken ct)
    {
        var extent = UserInfoWriter.ExtentOf(scope);
        var key = (grant.PractitionerId, grant.PractitionerUpdatedAt, grant.AuthMode, extent);
        if (_cache.TryGetValue(key, out byte[]? document)) return document!;

        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == grant.PractitionerId, ct);
        document = UserInfoWriter.Write(practitioner, tokens.SubjectOf(practitioner.NationalId), grant.AuthMode, extent);
        return Keep(key, document);
    }

    /// <summary>The names for the ID token.</summary>
    public async Task<PersonName> NameAsync(PscDb db, LiveGrant grant, CancellationToken ct)
    {
        var key = (grant.PractitionerId, grant.PractitionerUpdatedAt);
        if (_cache.TryGetValue(key, out PersonName? name)) return name!;

        var practitioner = await db.Practitioners.AsNoTracking()
            .Where(p => p.Id == grant.PractitionerId)
            .Select(p => new { p.GivenNames, p.FamilyName })
            .SingleAsync(ct);
        return Keep(key, new PersonName(practitioner.GivenNames is [var first, ..] ? first : "", practitioner.FamilyName));
    }

    public void Dispose() => _cache.Dispose();

    private T Keep<T>(object key, T value) =>
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
}

internal sealed record PersonName(string GivenName, string FamilyName);
