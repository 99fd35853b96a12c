namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Can its key and its signature be believed?</summary>
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
