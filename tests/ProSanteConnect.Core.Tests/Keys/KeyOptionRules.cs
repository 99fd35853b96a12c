using System.ComponentModel.DataAnnotations;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Core.Tests.Keys;

public sealed class KeyOptionRules
{
    [Fact]
    public void The_defaults_are_90_days_announced_14_ahead_kept_14_after()
    {
        var options = new KeyOptions();

        Assert.Equal((90, 14, 14), (options.RotationInterval.Days, options.AnnounceTime.Days, options.RetirementTime.Days));
        Assert.Empty(Failures(options));
    }

    [Fact]
    public void Less_than_48_hours_of_announcement_or_retirement_is_refused()
    {
        var almost = TimeSpan.FromHours(48) - TimeSpan.FromSeconds(1);

        Assert.Single(Failures(new KeyOptions { AnnounceTime = almost }));
        Assert.Single(Failures(new KeyOptions { RetirementTime = almost }));
    }

    [Fact]
    public void A_key_cannot_be_announced_for_longer_than_keys_sign() =>
        Assert.Single(Failures(new KeyOptions { RotationInterval = TimeSpan.FromDays(10), AnnounceTime = TimeSpan.FromDays(10) }));

    [Theory]
    [InlineData(1024)]
    [InlineData(2047)]
    [InlineData(8192)]
    public void Other_key_sizes_are_refused(int bits) => Assert.Single(Failures(new KeyOptions { RsaKeySize = bits }));

    private static List<ValidationResult> Failures(KeyOptions options)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true);
        return failures;
    }
}
