using ProSanteConnect.Core.Devices;

namespace ProSanteConnect.Core.Tests.Devices;

[Trait("Requirement", "T8")]
public sealed class PinPolicies
{
    private static readonly DateOnly BirthDate = new(1974, 3, 9);
    private static readonly string?[] Numbers = ["898765000017", "8025000001/2600004186", null];

    [Theory]
    [InlineData("7777")] // one digit repeated
    [InlineData("1234")] // runs
    [InlineData("9876")]
    [InlineData("7890")]
    [InlineData("2468")]
    [InlineData("1212")] // pairs
    [InlineData("1122")]
    [InlineData("2002")] // palindromes
    [InlineData("1991")]
    [InlineData("8765")] // in the national identifier
    [InlineData("4186")] // in the card number
    [InlineData("0903")] // the birth date
    [InlineData("0309")]
    [InlineData("1974")]
    [InlineData("7403")]
    [InlineData("0974")]
    [InlineData("9374")]
    public void A_PIN_that_others_try_first_is_refused(string pin) =>
        Assert.IsType<PinPolicyResult.TooSimple>(Check(pin));

    [Theory]
    [InlineData("123456")]
    [InlineData("121212")]
    [InlineData("124124")]
    [InlineData("112233")]
    [InlineData("090374")]
    [InlineData("740309")]
    [InlineData("197439")]
    [InlineData("319750", false)]
    public void A_longer_PIN_is_judged_by_the_same_rules(string pin, bool simple = true) =>
        Assert.Equal(simple, Check(pin, length: 6) is PinPolicyResult.TooSimple);

    [Theory]
    [InlineData("2739")]
    [InlineData("5083")]
    [InlineData("1947")]
    [InlineData("9309")] // day, month and the day again: no way to write the birth date
    public void Any_other_PIN_is_accepted(string pin) => Assert.IsType<PinPolicyResult.Accepted>(Check(pin));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("273")]
    [InlineData("27391")]
    [InlineData("27 9")]
    [InlineData("２７３９")]
    public void What_is_not_so_many_digits_is_malformed(string? pin) => Assert.IsType<PinPolicyResult.Malformed>(Check(pin));

    [Fact]
    public void Most_PINs_are_left_to_choose_from()
    {
        var refused = Enumerable.Range(0, 10_000).Count(pin => Check($"{pin:D4}") is not PinPolicyResult.Accepted);

        Assert.InRange(refused, 200, 500);
    }

    [Fact]
    public void A_chosen_PIN_does_not_print_itself() =>
        Assert.DoesNotContain("2739", Assert.IsType<PinPolicyResult.Accepted>(Check("2739")).ToString(), StringComparison.Ordinal);

    private static PinPolicyResult Check(string? pin, int length = 4) =>
        new PinPolicy(new ECpsOptions { PinLength = length }).Check(pin, Numbers, BirthDate);
}
