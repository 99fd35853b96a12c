namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Is it in its term?</summary>
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
