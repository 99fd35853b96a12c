using CsCheck;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Tests.Practitioners;

public sealed class ContactDetails
{
    [Theory]
    [InlineData("0639980001", "+33639980001")]
    [InlineData("0033639980001", "+33639980001")]
    [InlineData("+33639980001", "+33639980001")]
    [InlineData("+33 6 39 98 00 01", "+33639980001")]
    [InlineData("+33 (0)6 39 98 00 01", "+33639980001")]
    [InlineData("02.61.91.00.05", "+33261910005")]
    [InlineData("06-39-98-00-01", "+33639980001")]
    [InlineData("0692123456", "+262692123456")]
    [InlineData("0033692123456", "+262692123456")]
    [InlineData("+262692123456", "+262692123456")]
    [InlineData("0590123456", "+590590123456")]
    [InlineData("0032471234567", "+32471234567")]
    public void A_telephone_number_has_one_form_however_it_is_written(string written, string e164) =>
        Assert.True(PhoneNumber.TryParse(written, out var number) && number.Value == e164);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("639980001")]
    [InlineData("06399800")]
    [InlineData("063998000123")]
    [InlineData("0039")]
    [InlineData("+0639980001")]
    [InlineData("+33063998000")]
    [InlineData("0639980O01")]
    [InlineData("06399800+1")]
    [InlineData("=0639980001")]
    public void What_is_no_telephone_number_is_refused(string? text) => Assert.False(PhoneNumber.TryParse(text, out _));

    [Fact]
    public void A_telephone_number_is_read_back_as_it_is_written() =>
        Gen.Int[100_000_000, 999_999_999].Sample(n =>
            PhoneNumber.TryParse($"0{n}", out var number)
            && PhoneNumber.TryParse(number.Value, out var again) && again == number
            && PhoneNumber.TryParse($"0033{n}", out var abroad) && abroad == number);

    [Fact]
    public void Contact_details_do_not_print_themselves()
    {
        Assert.True(PhoneNumber.TryParse("0639980001", out var number));
        Assert.True(EmailAddress.TryParse("camille.fictif@example.org", out var address));

        Assert.DoesNotContain("639980001", $"{number}", StringComparison.Ordinal);
        Assert.DoesNotContain("camille", $"{address}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" Camille.FICTIF@Example.ORG ", "camille.fictif@example.org")]
    [InlineData("d'invention+psc@sous.domaine.example.org", "d'invention+psc@sous.domaine.example.org")]
    [InlineData("inès@exemple.example", "inès@exemple.example")]
    public void A_mail_address_is_kept_in_lower_case(string written, string kept) =>
        Assert.True(EmailAddress.TryParse(written, out var address) && address.Value == kept);

    [Theory]
    [InlineData(null)]
    [InlineData("camille")]
    [InlineData("camille@example")]
    [InlineData("@example.org")]
    [InlineData("camille@example.org;other@example.org")]
    [InlineData("camille@example.org,other@example.org")]
    [InlineData("camille@example.org\r\nBcc: other@example.org")]
    [InlineData("Camille <camille@example.org>")]
    [InlineData("camille fictif@example.org")]
    [InlineData("camille@@example.org")]
    [InlineData("camille@-example.org")]
    public void What_is_not_one_mail_address_is_refused(string? text) => Assert.False(EmailAddress.TryParse(text, out _));
}
