using System.Security.Cryptography.X509Certificates;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>
/// Is it the authentication certificate? A card has two: the other one signs documents (nonRepudiation alone) and would
/// turn a sign-in into a signature.
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
