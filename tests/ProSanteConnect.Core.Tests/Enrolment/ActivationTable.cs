using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Enrolment;

public sealed class ActivationTable
{
    [Fact]
    public void The_picture_in_the_README_is_the_table()
    {
        var transitions =
            from trigger in Enum.GetValues<ActivationTrigger>()
            from origin in ActivationLifeCycle.AllowedFrom(trigger)
            select $"{origin} --> {ActivationLifeCycle.Next(origin, trigger)} : {trigger}";

        Assert.Equal(transitions.Order(), Picture().Where(line => line.Contains(" : ", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Each_end_in_the_picture_has_no_way_out()
    {
        var ends = Picture().Where(line => line.EndsWith("--> [*]", StringComparison.Ordinal)).Select(line => Enum.Parse<ActivationStatus>(line.Split(' ')[0]));

        Assert.Equal([ActivationStatus.Completed, ActivationStatus.Cancelled], ends);
        Assert.Each(ends, end => Assert.All(Enum.GetValues<ActivationTrigger>(), trigger => Assert.Null(ActivationLifeCycle.Next(end, trigger))));
    }

    [Fact]
    public void A_code_is_six_digits_forgives_spaces_and_does_not_print_itself()
    {
        Assert.True(ActivationCode.TryParse(" 012 345 ", out var code));

        Assert.Equal("012345", code.Value);
        Assert.DoesNotContain("012345", code.ToString(), StringComparison.Ordinal);
        Assert.All(["12345", "1234567", "12345a", "１２３４５６", "", null], text => Assert.False(ActivationCode.TryParse(text, out _)));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(ActivationCode.TryParse(ActivationCode.Generate().Value, out var _)));
    }

    private static IEnumerable<string> Picture() =>
        File.ReadLines(Repository.PathOf("src", "ProSanteConnect.Core", "Enrolment", "README.md"))
            .Select(line => line.Trim())
            .Where(line => line.Contains("-->", StringComparison.Ordinal));
}
