using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Is it meant for a client of TLS? Saying nothing is not enough.</summary>
internal sealed class ExtendedKeyUsageCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now)
    {
        var meant = card.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList() is [var purposes]
            && purposes.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == Oids.ClientAuthentication);

        return meant ? null : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.ExtendedKeyUsage);
    }
}
