namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>May test cards be used here?</summary>
internal sealed class TestCardCheck(CardOptions options) : ICardCheck
{
    public CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now) =>
        card.Says.Category == ProductCategory.TestCpx && !options.AllowTestCards
            ? new CardVerification.Refused(CardRefusal.TestCardRefused)
            : null;
}
