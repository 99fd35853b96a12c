using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Does it name one person and one card, without doubt?</summary>
internal sealed class IdentityCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        NationalId.TryParse(card.Says.ClaimedNationalId, out _) && card.Says is { Kind: not null, CardNumber: not null }
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.Identity);
}
