using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Cards;

/// <summary>
/// The subject of a CPx card, whose person stands in one multi-valued RDN: {GN + CN + SN} (ecps-cpx-directory §2.2, §2.6).
/// </summary>
internal sealed class CpxSubject
{
    private readonly List<Dictionary<string, string>> _names = [];

    private CpxSubject(X500DistinguishedName subject)
    {
        foreach (var name in subject.EnumerateRelativeDistinguishedNames(reversed: false)) _names.Add(Attributes(name.RawData));
    }

    /// <summary>Reads the subject, or answers null when it is not well-formed.</summary>
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
    /// An attribute of the RDN that holds both the common name and the surname; null unless there is one such RDN
    /// and the subject has no other common name, because then nobody could say which one is the person.
    /// </summary>
    public string? OfPerson(string oid)
    {
        var named = _names.Where(n => n.ContainsKey(Oids.CommonName)).ToList();
        return named is [var person] && person.ContainsKey(Oids.Surname) ? person.GetValueOrDefault(oid) : null;
    }

    /// <summary>The first attribute of this type, wherever it stands.</summary>
    public string? Of(string oid) => _names.Select(n => n.GetValueOrDefault(oid)).FirstOrDefault(v => v is not null);

    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> relativeDistinguishedName)
    {
        var attributes = new Dictionary<string, string>();
        // The order within a SET is DER's concern and not ours: a card whose maker sorted it otherwise is still readable.
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
