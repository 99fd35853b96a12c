using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// The template of a kind of certificate, read from the text files of <c>certs/</c>: one <c>name = value</c> per line, with
/// placeholders in braces.
/// </summary>
public sealed class CertificateProfile
{
    private const string Subject = "subject";
    private const string Key = "key";
    private const string Valid = "valid";

    private readonly IReadOnlyList<KeyValuePair<string, string>> _lines;

    private CertificateProfile(IReadOnlyList<KeyValuePair<string, string>> lines) => _lines = lines;

    public static CertificateProfile RootAuthority { get; } = Embedded("root-authority");
    public static CertificateProfile SubordinateAuthority { get; } = Embedded("subordinate-authority");
    public static CertificateProfile CardAuthentication { get; } = Embedded("card-authentication");
    public static CertificateProfile CardSignature { get; } = Embedded("card-signature");
    public static CertificateProfile OcspResponder { get; } = Embedded("ocsp-responder");
    public static CertificateProfile Server { get; } = Embedded("server");

    internal string SubjectTemplate => Line(Subject);

    internal string KeyKind => Line(Key);

    /// <summary>The extensions with their values, in the order of the file.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Extensions => _lines.Where(l => l.Key is not (Subject or Key or Valid));

    public static CertificateProfile Parse(string text)
    {
        var lines = text.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(parts => parts is [var name, var value]
                ? KeyValuePair.Create(name, value)
                : throw new FormatException($"'{parts[0]}' is not a line of a certificate profile: name = value."));
        return new CertificateProfile([.. lines]);
    }

    /// <summary>A copy in which one line is replaced.</summary>
    public CertificateProfile With(string name, string value) =>
        new([.. Others(name), KeyValuePair.Create(name, value)]);

    /// <summary>A copy with one more line.</summary>
    public CertificateProfile Adding(string name, string value) => new([.. _lines, KeyValuePair.Create(name, value)]);

    public CertificateProfile Without(string name) => new([.. Others(name)]);

    /// <summary>The validity period of a certificate that is issued now.</summary>
    internal (DateTimeOffset From, DateTimeOffset To) ValidityAt(DateTimeOffset now)
    {
        if (Line(Valid).Split(',', StringSplitOptions.TrimEntries) is not [var from, var to])
            throw new FormatException($"'{Line(Valid)}' is not a validity period: from, to.");

        return (Shift(now, from), Shift(now, to));
    }

    internal static string EmbeddedText(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"certs/{name}.txt")
            ?? throw new InvalidOperationException($"certs/{name}.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static CertificateProfile Embedded(string name) => Parse(EmbeddedText(name));

    private IEnumerable<KeyValuePair<string, string>> Others(string name) =>
        _lines.Any(l => l.Key == name)
            ? _lines.Where(l => l.Key != name)
            : throw new ArgumentException($"The profile has no line '{name}'.", nameof(name));

    private string Line(string name) =>
        _lines.Where(l => l.Key == name).Select(l => l.Value).SingleOrDefault()
        ?? throw new FormatException($"The profile needs exactly one line '{name}'.");

    private static DateTimeOffset Shift(DateTimeOffset now, string text)
    {
        if (text.Split(' ') is not [var count, var unit] || !int.TryParse(count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n))
            throw new FormatException($"'{text}' is not a duration: a sign, a number and days, months or years.");

        return unit.TrimEnd('s') switch
        {
            "day" => now.AddDays(n),
            "month" => now.AddMonths(n),
            "year" => now.AddYears(n),
            _ => throw new FormatException($"'{unit}' is not a supported unit: day, month, year."),
        };
    }
}

/// <summary>Converts a line of a profile to an X.509 extension; the notation is that of OpenSSL where one exists.</summary>
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
            _ => throw new FormatException($"'{name}' is not a supported extension."),
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
        _ => throw new FormatException($"'{word}' is not a key usage."),
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
                    throw new FormatException($"'{word}' is not an alternative name: UPN:, DNS: or IP:.");
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
                throw new FormatException($"'{value}' is not a value: INTEGER:, OCTETSTRING:, PRINTABLESTRING: or NULL:.");
        }
    }

    private static X509Extension Der(string oid, bool critical, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return new X509Extension(oid, writer.Encode(), critical);
    }

    // Everything after the first colon, because the address contains colons.
    private static string Address(string word) => word[(word.IndexOf(':', StringComparison.Ordinal) + 1)..];
}

/// <summary>The values for the placeholders of a <see cref="CertificateProfile"/>.</summary>
internal sealed partial class ProfileValues(params (string Name, string? Value)[] values)
{
    private readonly Dictionary<string, string?> _values = values.ToDictionary(v => v.Name, v => v.Value);

    public ProfileValues And(string name, string? value) =>
        new([.. _values.Select(v => (v.Key, v.Value)), (name, value)]);

    /// <summary>Fills the placeholders of a text; null when one of them has no value.</summary>
    /// <exception cref="FormatException">The text contains an unknown placeholder.</exception>
    public string? Fill(string template)
    {
        var names = Placeholder().Matches(template).Select(m => m.Groups[1].Value);
        return names.Any(name => string.IsNullOrEmpty(Value(name)))
            ? null
            : Placeholder().Replace(template, m => Value(m.Groups[1].Value)!);
    }

    private string? Value(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new FormatException($"The profile has no value {{{name}}}.");

    [GeneratedRegex(@"\{([a-z-]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}

/// <summary>
/// Writes a distinguished name like those of the cards: several attributes in one RDN, PrintableString for the country and
/// UTF8String for the rest (ecps-cpx-directory §2.2). X500DistinguishedNameBuilder supports one attribute per RDN only.
/// </summary>
internal static class SubjectName
{
    private static readonly Dictionary<string, string> Oids = new()
    {
        ["CN"] = "2.5.4.3",
        ["SN"] = "2.5.4.4",
        ["C"] = "2.5.4.6",
        ["ST"] = "2.5.4.8",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["title"] = "2.5.4.12",
        ["GN"] = "2.5.4.42",
    };

    /// <summary>Fills <c>C=FR, title={title}, GN={given-name} + CN={national-id}</c>; attributes without a value are omitted.</summary>
    public static X500DistinguishedName Write(string template, ProfileValues values)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in template.Split(", "))
            {
                var attributes = name.Split(" + ").Select(a => Attribute(a, values)).OfType<KeyValuePair<string, string>>().ToList();
                if (attributes.Count > 0) Write(writer, attributes);
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }

    private static KeyValuePair<string, string>? Attribute(string text, ProfileValues values)
    {
        var (type, template) = text.Split('=', 2) is [var t, var v] ? (t.Trim(), v) : throw new FormatException($"'{text}' is not an attribute.");
        return values.Fill(template) is { } value ? KeyValuePair.Create(type, value) : null;
    }

    private static void Write(AsnWriter writer, List<KeyValuePair<string, string>> attributes)
    {
        using var set = writer.PushSetOf();
        foreach (var (type, value) in attributes)
        {
            using var attribute = writer.PushSequence();
            writer.WriteObjectIdentifier(Oids[type]);
            writer.WriteCharacterString(type == "C" ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String, value);
        }
    }
}
