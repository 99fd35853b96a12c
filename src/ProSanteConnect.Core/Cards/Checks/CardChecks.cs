using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Cards.Checks;

/// <summary>One check of a card; returns null when the card passes.</summary>
internal interface ICardCheck
{
    CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now);
}

/// <summary>The validity period includes the present.</summary>
internal sealed class ValidityCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now)
    {
        var from = new DateTimeOffset(card.Certificate.NotBefore).ToUniversalTime();
        var to = new DateTimeOffset(card.Certificate.NotAfter).ToUniversalTime();
        if (now < from) return new CardVerification.Refused(CardRefusal.NotYetValid, from);

        return now > to ? new CardVerification.Refused(CardRefusal.Expired, to) : null;
    }
}

/// <summary>
/// The key usage is that of an authentication certificate. The second certificate of a card (nonRepudiation only) signs documents:
/// accepting it would turn a sign-in into a signature.
/// </summary>
internal sealed class KeyUsageCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now)
    {
        var extensions = card.Certificate.Extensions;
        var authenticates = extensions.OfType<X509KeyUsageExtension>().ToList() is [var usage]
            && usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature);
        var isAuthority = extensions.OfType<X509BasicConstraintsExtension>().Any(c => c.CertificateAuthority);

        return authenticates && !isAuthority
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.KeyUsage);
    }
}

/// <summary>The extended key usage contains clientAuth. An absent extension does not pass.</summary>
internal sealed class ExtendedKeyUsageCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now)
    {
        var meant = card.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList() is [var purposes]
            && purposes.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == Oids.ClientAuthentication);

        return meant ? null : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.ExtendedKeyUsage);
    }
}

/// <summary>The certificate names one of the configured policies.</summary>
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

/// <summary>The product category is a CPx card, not a software certificate or a security module.</summary>
internal sealed class ProductCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        card.Says.Category is ProductCategory.Cpx or ProductCategory.TestCpx
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.Product);
}

/// <summary>The card is a production card, or test cards are allowed.</summary>
internal sealed class TestCardCheck(CardOptions options) : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        card.Says.Category == ProductCategory.TestCpx && !options.AllowTestCards
            ? new CardVerification.Refused(CardRefusal.TestCardRefused)
            : null;
}

/// <summary>The key and the signature algorithm are strong enough.</summary>
internal sealed class StrengthCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now)
    {
        if (!CryptographicStrength.HasStrongSignature(card.Certificate))
            return new CardVerification.Refused(CardRefusal.Unknown, Flaw: CardFlaw.WeakSignature);

        return CryptographicStrength.HasStrongKey(card.Certificate)
            ? null
            : new CardVerification.Refused(CardRefusal.Unknown, Flaw: CardFlaw.WeakKey);
    }
}

/// <summary>The certificate names one person and one card unambiguously.</summary>
internal sealed class IdentityCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        NationalId.TryParse(card.Says.ClaimedNationalId, out _) && card.Says is { Kind: not null, CardNumber: not null }
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.Identity);
}
