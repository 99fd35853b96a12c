using CsCheck;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Testing.Cards;

namespace ProSanteConnect.Core.Tests.Cards;

public sealed class CertificateIds
{
    [Fact]
    public void What_was_written_is_read_again() =>
        Gen.Select(Gen.String[0, 700], Gen.UInt, Gen.ULong[1, ulong.MaxValue]).Sample((issuer, key, serial) =>
        {
            var text = $"{Cut(issuer)}|{key:X8}|{serial:X}";

            Assert.True(CertificateId.TryParse(text, out var id));
            Assert.Equal(text, id.ToString());
            Assert.Equal(($"{key:X8}", $"{serial:X}"), (id.IssuerKey, id.SerialNumber));
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CN=A")]
    [InlineData("CN=A|00")]
    [InlineData("CN=A|00|")]
    public void Anything_else_is_not(string? text) => Assert.False(CertificateId.TryParse(text, out _));

    [Fact]
    public void What_no_column_could_hold_is_not_read() =>
        Assert.False(CertificateId.TryParse(new string('A', CertificateId.MaxLength) + "|00|01", out _));

    [Fact]
    public async Task The_identifier_of_a_card_names_its_issuer_and_serial_number()
    {
        using var desk = new RevocationDesk(Unchecked());
        var presented = TestCards.Of(TestCards.Doctor);

        var card = Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(presented.Present())).Card;

        Assert.Contains("TEST AC IGC-SANTE FORT PERSONNES", card.CertificateId.Issuer, StringComparison.Ordinal);
        Assert.Equal(presented.Authentication.SerialNumber, card.CertificateId.SerialNumber);
        Assert.True(card.CertificateId.ToString().Length <= CertificateId.MaxLength);
    }

    [Theory]
    [InlineData(399, 399)]
    [InlineData(400, 400)]
    [InlineData(401, 400)]
    public void The_name_of_the_issuer_is_cut_at_400_characters(int length, int kept) =>
        Assert.Equal(kept, new CertificateId(new string('n', length), "key", "01").Issuer.Length);

    [Theory]
    [InlineData("|key|01", true)]
    [InlineData("||", false)]
    [InlineData("key|01", false)]
    [InlineData("|01", false)]
    [InlineData("issuer|key|", false)]
    public void A_text_of_another_form_is_no_identifier(string text, bool isIdentifier) =>
        Assert.Equal(isIdentifier, CertificateId.TryParse(text, out _));

    [Theory]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void A_text_longer_than_its_column_is_no_identifier(int length, bool isIdentifier) =>
        Assert.Equal(isIdentifier, CertificateId.TryParse(new string('n', length - "|key|01".Length) + "|key|01", out _));

    private static CardOptions Unchecked()
    {
        var options = TestCards.Options();
        options.RevocationPolicy = RevocationPolicy.DangerouslyAcceptUnchecked;
        return options;
    }

    // The longest name that the identifier keeps.
    private static string Cut(string issuer) => issuer.Length > 400 ? issuer[..400] : issuer;
}
