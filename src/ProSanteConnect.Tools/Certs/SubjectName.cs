using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Tools.Certs;

/// <summary>
/// Writes a distinguished name as the cards have it: several attributes in one RDN, PrintableString for the country and
/// UTF8String for the rest (ecps-cpx-directory §2.2). The system's own writer knows one attribute per RDN.
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

    /// <summary>Fills <c>C=FR, title={title}, GN={given-name} + CN={national-id}</c>; what has no value is left out.</summary>
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
        var (type, template) = text.Split('=', 2) is [var t, var v] ? (t.Trim(), v) : throw new FormatException($"'{text}' is no attribute.");
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
