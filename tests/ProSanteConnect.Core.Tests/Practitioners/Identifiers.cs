using CsCheck;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Core.Tests.Practitioners;

public sealed class Identifiers
{
    private static readonly Gen<string> RppsNumbers = Gen.Int[0, 99_999].Select(ExtractLineValues.Rpps);

    [Fact]
    public void The_Luhn_key_catches_any_one_wrong_digit() =>
        Gen.Select(RppsNumbers, Gen.Int[0, 10], Gen.Int[1, 9]).Sample((rpps, position, shift) =>
        {
            var wrong = rpps.ToCharArray();
            wrong[position] = (char)('0' + ((wrong[position] - '0' + shift) % 10));
            return LuhnKey.IsValid(rpps) && !LuhnKey.IsValid(wrong);
        });

    [Fact]
    public void The_Luhn_key_catches_two_neighbours_in_the_wrong_order_but_for_0_and_9() =>
        Gen.Select(RppsNumbers, Gen.Int[0, 9]).Sample((rpps, position) =>
        {
            var (left, right) = (rpps[position], rpps[position + 1]);
            var swapped = rpps.ToCharArray();
            (swapped[position], swapped[position + 1]) = (right, left);
            var undetectable = left == right || (left is '0' or '9' && right is '0' or '9');
            return LuhnKey.IsValid(swapped) == undetectable;
        });

    [Theory]
    [InlineData("")]
    [InlineData("9976500001A")]
    [InlineData("898765000017")]
    public void What_is_no_number_or_has_another_key_is_not_valid(string digits) => Assert.False(LuhnKey.IsValid(digits));

    [Fact]
    public void An_RPPS_number_is_read_back_as_it_is_written() =>
        RppsNumbers.Sample(number => Rpps.TryParse(number, out var rpps)
            && Rpps.TryParse(rpps.ToString(), out var again)
            && rpps == again
            && again.Value == number);

    [Theory]
    [InlineData("98765000017", "898765000017")]
    [InlineData(" 987 65 000 017", "898765000017")]
    [InlineData("8 98765000017", "898765000017")]
    [InlineData("0359912340", "0359912340")]
    [InlineData("98765000018", null)] // another key
    [InlineData("19876500000", "819876500000")]
    [InlineData("19876500001", null)] // another key, though identifiers that begin with 1 exist
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_person_types_an_identifier_or_the_RPPS_number_alone(string? typed, string? read) =>
        Assert.Equal(read, NationalId.TryParseTyped(typed, out var nationalId) ? nationalId.Value : null);

    [Fact]
    public void An_RPPS_number_may_be_typed_with_spaces() =>
        Assert.True(Rpps.TryParse(" 98765 000 017 ", out var rpps) && rpps.Value == "98765000017");

    [Theory]
    [InlineData(null)]
    [InlineData("98765000018")]
    [InlineData("9876500001")]
    [InlineData("898765000017")]
    public void A_wrong_RPPS_number_is_refused_where_it_is_typed(string? text) => Assert.False(Rpps.TryParse(text, out _));

    [Fact]
    public void A_national_identifier_is_read_back_as_it_is_written() =>
        Gen.Select(Gen.Enum<NationalIdKind>(), Gen.String[Gen.Char.AlphaNumeric, 5, 30]).Sample((kind, number) =>
            NationalId.TryParse(NationalId.Of(kind, number).ToString(), out var id) && id.Kind == kind && id.Value.EndsWith(number, StringComparison.Ordinal));

    [Theory]
    [InlineData("898765000017", "RPPS")]
    [InlineData("0999300015", "ADELI")]
    [InlineData("3990000010/CPET00001", "FINESS")]
    [InlineData("4000000018", "SIREN")]
    [InlineData("500000001800010", "SIRET")]
    public void The_first_digit_names_the_register(string text, string origin) =>
        Assert.True(NationalId.TryParse(text, out var id) && id.Origin == origin);

    [Theory]
    [InlineData("798765000017")]
    [InlineData("8")]
    [InlineData("10camille.fictif@medecin.mssante.example")]
    [InlineData("8987650000'7")]
    public void What_cannot_name_a_person_is_refused(string text) => Assert.False(NationalId.TryParse(text, out _));
}
