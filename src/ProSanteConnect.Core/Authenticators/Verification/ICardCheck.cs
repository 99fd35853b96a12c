namespace ProSanteConnect.Core.Authenticators.Verification;

/// <summary>One question about a card; null is "nothing against it".</summary>
internal interface ICardCheck
{
    CardVerification.Refused? Judge(PresentedCard card, DateTimeOffset now);
}
