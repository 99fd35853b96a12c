using ProSanteConnect.Core.Cards;

namespace ProSanteConnect.Core.Tests.Cards;

public sealed class RefusalCodes
{
    [Fact]
    public void Each_refusal_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<CardRefusal>().Select(r => r.Code()).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Each(codes, code => Assert.Matches("^card(-[a-z]+)+$", code));
    }

    [Fact]
    public void Each_flaw_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<CardFlaw>().Select(f => f.Code()).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Each(codes, code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code));
    }

    [Fact]
    public void The_journal_is_told_the_flaw_behind_the_refusal()
    {
        Assert.Equal(
            "card-wrong-certificate/key-usage",
            new CardVerification.Refused(CardRefusal.WrongCertificate, Flaw: CardFlaw.KeyUsage).JournalDetail);
        Assert.Equal("card-expired", new CardVerification.Refused(CardRefusal.Expired).JournalDetail);
    }
}
