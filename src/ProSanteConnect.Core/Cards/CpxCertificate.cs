using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// The content of a certificate, read but not verified. An absent, malformed or ambiguous value is null.
/// </summary>
public sealed record CpxCertificate
{
    private const int MaxCardNumberLength = 40;

    /// <summary>The national identifier as written: the common name in the multi-valued RDN of the person.</summary>
    public string? ClaimedNationalId { get; init; }

    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }

    /// <summary>The profession as text, for example "Médecin".</summary>
    public string? Title { get; init; }

    public string? Organization { get; init; }
    public string? OrganizationId { get; init; }

    /// <summary>The issuer's number, a slash and the card's number (gipCardID).</summary>
    public string? CardNumber { get; init; }

    public CpxKind? Kind { get; init; }
    public ProductCategory? Category { get; init; }

    /// <summary>TRE_G15, for example 10 for a doctor; few certificates carry it.</summary>
    public int? ProfessionCode { get; init; }

    public bool IsTest => Category is ProductCategory.TestCpx or ProductCategory.TestSecurityModule or ProductCategory.TestSoftware;

    public static CpxCertificate Read(UnverifiedCertificate presented)
    {
        var certificate = presented.Certificate;
        var subject = CpxSubject.Read(certificate.SubjectName);
        return new CpxCertificate
        {
            ClaimedNationalId = subject?.OfPerson(Oids.CommonName),
            FamilyName = subject?.OfPerson(Oids.Surname),
            GivenName = subject?.OfPerson(Oids.GivenName),
            Title = subject?.Of(Oids.Title),
            Organization = subject?.Of(Oids.Organization),
            OrganizationId = subject?.Of(Oids.OrganizationalUnit),
            CardNumber = Extension(certificate, Oids.CardNumber, CardNumberOf),
            Kind = Extension(certificate, Oids.CpxKind, e => Defined<CpxKind>((int?)Small(e.ReadInteger()))),
            Category = Extension(certificate, Oids.ProductCategory, e => Defined<ProductCategory>(OneByte(e.ReadOctetString()))),
            ProfessionCode = Extension(certificate, Oids.Profession, e => Small(e.ReadInteger())),
        };
    }

    private static T? Extension<T>(X509Certificate2 certificate, string oid, Func<AsnReader, T?> read)
    {
        // RFC 5280, section 4.2: a certificate must not include more than one instance of an extension.
        if (certificate.Extensions.Where(e => e.Oid?.Value == oid).ToList() is not [var extension]) return default;

        try
        {
            var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER);
            var value = read(reader);
            reader.ThrowIfNotEmpty();
            return value;
        }
        catch (Exception fault) when (fault is AsnContentException or CryptographicException)
        {
            return default;
        }
    }

    private static string? CardNumberOf(AsnReader extension)
    {
        var text = extension.ReadCharacterString(UniversalTagNumber.PrintableString);
        return text.Length is > 0 and <= MaxCardNumberLength ? text : null;
    }

    private static int? Small(BigInteger value) => value >= 0 && value <= int.MaxValue ? (int)value : null;

    private static int? OneByte(byte[] octets) => octets is [var value] ? value : null;

    private static T? Defined<T>(int? code) where T : struct, Enum =>
        code is { } value && Enum.IsDefined(typeof(T), value) ? (T)Enum.ToObject(typeof(T), value) : null;
}

/// <summary>The kind of a CPx card (NOS terminology TRE_G02, extension 1.2.250.1.71.1.2.2).</summary>
public enum CpxKind
{
    /// <summary>Carte de professionnel de santé.</summary>
    Cps = 0,

    /// <summary>Carte de professionnel de santé en formation.</summary>
    Cpf = 1,

    /// <summary>Carte de personnel d'établissement, or de directeur d'établissement.</summary>
    Cpe = 2,

    /// <summary>Carte de personnel autorisé, or de directeur autorisé.</summary>
    Cpa = 3,
}

/// <summary>The purpose of a certificate of IGC-Santé (NOS terminology TRE_G01, extension 1.2.250.1.71.1.2.5).</summary>
public enum ProductCategory
{
    Cpx = 0x00,
    SecurityModule = 0x02,
    Software = 0x03,
    TestCpx = 0x80,
    TestSecurityModule = 0x82,
    TestSoftware = 0x83,
}

/// <summary>The object identifiers of a card's certificate (ecps-cpx-directory §2.4, RFC 5280).</summary>
internal static class Oids
{
    public const string CommonName = "2.5.4.3";
    public const string Surname = "2.5.4.4";
    public const string Organization = "2.5.4.10";
    public const string OrganizationalUnit = "2.5.4.11";
    public const string Title = "2.5.4.12";
    public const string GivenName = "2.5.4.42";

    public const string CpxKind = "1.2.250.1.71.1.2.2";
    public const string CardNumber = "1.2.250.1.71.1.2.3";
    public const string ProductCategory = "1.2.250.1.71.1.2.5";
    public const string Profession = "1.2.250.1.71.1.2.7";

    public const string CertificatePolicies = "2.5.29.32";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
}
