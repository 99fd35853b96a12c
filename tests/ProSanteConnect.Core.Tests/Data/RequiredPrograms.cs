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
        var skipped = Assert.Throws<SkipException>(() =>
            Requires.Check(present: false, "PostgreSQL is not installed", "apt-get install postgresql", requireAll: false));

        Assert.Contains("PostgreSQL is not installed: apt-get install postgresql", skipped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_whose_program_is_missing_fails_where_everything_is_required()
    {
        var failed = Assert.Throws<FailException>(() =>
            Requires.Check(present: false, "Chromium is not installed", "apt-get install chromium", requireAll: true));

        Assert.Contains("apt-get install chromium", failed.Message, StringComparison.Ordinal);
    }
}
