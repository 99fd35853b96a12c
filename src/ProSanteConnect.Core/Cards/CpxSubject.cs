using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// The subject of a CPx card. One multi-valued RDN describes the person: {GN + CN + SN} (ecps-cpx-directory §2.2, §2.6).
/// </summary>
internal sealed class CpxSubject
{
    private readonly List<Dictionary<string, string>> _names = [];

    private CpxSubject(X500DistinguishedName subject)
    {
        foreach (var name in subject.EnumerateRelativeDistinguishedNames(reversed: false)) _names.Add(Attributes(name.RawData));
    }

    /// <summary>Reads the subject; null when it is malformed.</summary>
    public static CpxSubject? Read(X500DistinguishedName subject)
    {
        try
        {
            return new CpxSubject(subject);
        }
        catch (Exception fault) when (fault is AsnContentException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// An attribute of the RDN that contains both the common name and the surname. Null when no such RDN exists or when the subject
    /// contains a second common name, because the person is ambiguous then.
    /// </summary>
    public string? OfPerson(string oid)
    {
        var named = _names.Where(n => n.ContainsKey(Oids.CommonName)).ToList();
        return named is [var person] && person.ContainsKey(Oids.Surname) ? person.GetValueOrDefault(oid) : null;
    }

    /// <summary>The first attribute of this type in any RDN; null when there is none.</summary>
    public string? Of(string oid) => _names.Select(n => n.GetValueOrDefault(oid)).FirstOrDefault(v => v is not null);

    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> relativeDistinguishedName)
    {
        var attributes = new Dictionary<string, string>();
        // Accepts a SET whose elements are not in DER order: some card issuers do not sort it.
        var set = new AsnReader(relativeDistinguishedName, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true);
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            attributes.Add(attribute.ReadObjectIdentifier(), Text(attribute));
        }

        return attributes;
    }

    private static string Text(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        return tag.TagClass == TagClass.Universal
            ? attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue)
            : throw new AsnContentException();
    }
}
