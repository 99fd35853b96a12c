using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>Turns one line of a profile into the extension it names; the notation is OpenSSL's where OpenSSL has one.</summary>
internal static class ProfileExtension
{
    private const string Critical = "critical";
    private static readonly Oid CpsQualifier = new("1.3.6.1.5.5.7.2.1");

    public static X509Extension Write(string name, string value, PublicKey key, X509SubjectKeyIdentifierExtension? issuerKeyIdentifier)
    {
        var words = value.Split(',', StringSplitOptions.TrimEntries).ToList();
        var critical = words.Remove(Critical);
        return name switch
        {
            "basicConstraints" => BasicConstraints(words, critical),
            "keyUsage" => new X509KeyUsageExtension(words.Aggregate(X509KeyUsageFlags.None, (all, word) => all | KeyUsage(word)), critical),
            "extendedKeyUsage" => new X509EnhancedKeyUsageExtension([.. words.Select(w => new Oid(w))], critical),
            "subjectKeyIdentifier" => new X509SubjectKeyIdentifierExtension(key, critical),
            "authorityKeyIdentifier" => X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
                issuerKeyIdentifier ?? throw new FormatException("A root has no authorityKeyIdentifier.")),
            "subjectAltName" => AlternativeNames(words, critical),
            "certificatePolicies" => Der("2.5.29.32", critical, writer => Policies(writer, words)),
            "crlDistributionPoints" => CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(words.Select(Address), critical),
            "authorityInfoAccess" => new X509AuthorityInformationAccessExtension(
                words.Where(w => w.StartsWith("OCSP:", StringComparison.Ordinal)).Select(Address),
                words.Where(w => w.StartsWith("caIssuers:", StringComparison.Ordinal)).Select(Address),
                critical),
            _ when char.IsAsciiDigit(name[0]) => Der(name, critical, writer => Value(writer, string.Join(", ", words))),
            _ => throw new FormatException($"'{name}' is no extension that a profile can hold."),
        };
    }

    private static X509BasicConstraintsExtension BasicConstraints(List<string> words, bool critical)
    {
        var length = words.Where(w => w.StartsWith("pathlen:", StringComparison.Ordinal))
            .Select(w => int.Parse(w["pathlen:".Length..], CultureInfo.InvariantCulture)).ToList();
        return new X509BasicConstraintsExtension(words.Contains("CA:TRUE"), length.Count > 0, length.FirstOrDefault(), critical);
    }

    private static X509KeyUsageFlags KeyUsage(string word) => word switch
    {
        "digitalSignature" => X509KeyUsageFlags.DigitalSignature,
        "nonRepudiation" => X509KeyUsageFlags.NonRepudiation,
        "keyEncipherment" => X509KeyUsageFlags.KeyEncipherment,
        "keyCertSign" => X509KeyUsageFlags.KeyCertSign,
        "cRLSign" => X509KeyUsageFlags.CrlSign,
        _ => throw new FormatException($"'{word}' is no key usage."),
    };

    private static X509Extension AlternativeNames(List<string> words, bool critical)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var word in words)
        {
            switch (word.Split(':', 2))
            {
                case ["UPN", var name]:
                    names.AddUserPrincipalName(name);
                    break;
                case ["DNS", var name]:
                    names.AddDnsName(name);
                    break;
                case ["IP", var address]:
                    names.AddIpAddress(IPAddress.Parse(address));
                    break;
                default:
                    throw new FormatException($"'{word}' is no alternative name: UPN:, DNS: or IP:.");
            }
        }

        return names.Build(critical);
    }

    private static void Policies(AsnWriter writer, List<string> words)
    {
        if (words is not [var policy, var statement]) throw new FormatException("certificatePolicies: an OID, then CPS:address.");

        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(policy);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CpsQualifier.Value!);
                writer.WriteCharacterString(UniversalTagNumber.IA5String, Address(statement));
            }
        }
    }

    private static void Value(AsnWriter writer, string value)
    {
        switch (value.Split(':', 2))
        {
            case ["INTEGER", var number]:
                writer.WriteInteger(BigInteger.Parse(number, CultureInfo.InvariantCulture));
                break;
            case ["OCTETSTRING", var hex]:
                writer.WriteOctetString(Convert.FromHexString(hex));
                break;
            case ["PRINTABLESTRING", var text]:
                writer.WriteCharacterString(UniversalTagNumber.PrintableString, text);
                break;
            case ["NULL", ""]:
                writer.WriteNull();
                break;
            default:
                throw new FormatException($"'{value}' is no value: INTEGER:, OCTETSTRING:, PRINTABLESTRING: or NULL:.");
        }
    }

    private static X509Extension Der(string oid, bool critical, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return new X509Extension(oid, writer.Encode(), critical);
    }

    // What follows the first colon: the address has colons of its own.
    private static string Address(string word) => word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
