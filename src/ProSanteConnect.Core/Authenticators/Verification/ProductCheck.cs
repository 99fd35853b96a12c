namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>Does it live in a CPx card, and not in a file or a security module?</summary>
internal sealed class ProductCheck : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        card.Says.Category is ProductCategory.Cpx or ProductCategory.TestCpx
            ? null
            : new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.Product);
}
