using System.Formats.Asn1;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Was it issued under a policy that we accept?</summary>
internal sealed class PolicyCheck(CardOptions options) : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        PoliciesOf(card).Any(options.PolicyOids.Contains)
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.Policy);

    private static List<string> PoliciesOf(PresentedCard card)
    {
        if (card.Certificate.Extensions.Where(e => e.Oid?.Value == Oids.CertificatePolicies).ToList() is not [var extension]) return [];

        var oids = new List<string>();
        try
        {
            var policies = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (policies.HasData) oids.Add(policies.ReadSequence().ReadObjectIdentifier());
        }
        catch (AsnContentException)
        {
            return [];
        }

        return oids;
    }
}
