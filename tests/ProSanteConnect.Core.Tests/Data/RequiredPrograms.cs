using ProSanteConnect.Testing;
using Xunit.Sdk;

namespace ProSanteConnect.Core.Tests.Data;

public sealed class RequiredPrograms
{
    [Fact]
    public void A_test_whose_program_is_there_runs() =>
        Requires.Check(present: true, "PostgreSQL is not installed", "apt-get install postgresql", requireAll: true);

    [Fact]
    public void A_test_whose_program_is_missing_is_skipped_with_the_install_command()
    {
        // Assert.Throws would pass the skip on to this test.
        var reason = "";
        try
        {
            Requires.Check(present: false, "PostgreSQL is not installed", "apt-get install postgresql", requireAll: false);
        }
        catch (SkipException skip)
        {
            reason = skip.Message;
        }

        Assert.Contains("PostgreSQL is not installed: apt-get install postgresql", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_whose_program_is_missing_fails_where_everything_is_required()
    {
        var failed = Assert.Throws<FailException>(() =>
            Requires.Check(present: false, "Chromium is not installed", "apt-get install chromium", requireAll: true));

        Assert.Contains("apt-get install chromium", failed.Message, StringComparison.Ordinal);
    }
}
