using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Core.Tests.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Practitioners;

[Trait("Requirement", "B3.5")]
public sealed class SearchesForRpps
{
    private const string Email = "camille.fictif@example.org";
    private const string Phone = "+33639980001";

    private static readonly DateTimeOffset Now = HolderFixture.Start;

    [Theory]
    [InlineData(Email, Phone)]
    [InlineData("  Camille.FICTIF@Example.org ", "06 39 98 00 01")]
    [InlineData(Email, "06.39.98.00.01")]
    [InlineData(Email, "0033 6 39 98 00 01")]
    [InlineData(Email, "+33 (0)6-39-98-00-01")]
    public async Task The_number_is_found_however_mail_and_telephone_are_written(string email, string phone)
    {
        await using var test = await HolderFixture.CreateAsync();

        Assert.Equal(new RppsSearchResult.Found("98765000017"), await FindAsync(test, email, phone));
    }

    [Theory]
    [InlineData("another@example.org", Phone)]
    [InlineData(Email, "+33639980002")]
    public async Task One_of_the_two_is_not_enough(string email, string phone)
    {
        await using var test = await HolderFixture.CreateAsync();

        Assert.IsType<RppsSearchResult.NotFound>(await FindAsync(test, email, phone));
    }

    [Fact]
    public async Task A_mail_and_a_telephone_of_two_persons_match_nobody()
    {
        await using var test = await HolderFixture.CreateAsync();
        var other = Build.Practitioner("899700218896");
        other.ContactEmail = "other@example.org";
        other.ContactPhone = "+33639980002";
        await test.AddAsync(other);

        Assert.IsType<RppsSearchResult.NotFound>(await FindAsync(test, Email, "+33639980002"));
    }

    [Fact]
    public async Task Two_persons_with_both_match_nobody_and_one_without_RPPS_does_not_count()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddAsync(Build.Practitioner("0359912340"));
        Assert.IsType<RppsSearchResult.Found>(await FindAsync(test, Email, Phone));

        await test.AddAsync(Build.Practitioner("899700218896"));

        Assert.IsType<RppsSearchResult.NotFound>(await FindAsync(test, Email, Phone));
    }

    [Fact]
    public async Task A_delisted_practitioner_is_not_found()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.DelistAsync(Now);

        Assert.IsType<RppsSearchResult.NotFound>(await FindAsync(test, Email, Phone));
    }

    [Theory]
    [InlineData("no address", Phone)]
    [InlineData(Email, "12")]
    [InlineData(null, null)]
    public async Task What_is_no_address_or_no_number_is_not_searched(string? email, string? phone)
    {
        await using var test = await HolderFixture.CreateAsync();

        Assert.IsType<RppsSearchResult.Malformed>(await FindAsync(test, email, phone));
    }

    [Fact]
    [Trait("Requirement", "T7")]
    public async Task Each_search_stands_in_the_journal_without_what_was_searched()
    {
        await using var test = await HolderFixture.CreateAsync();

        await FindAsync(test, Email, Phone);
        await FindAsync(test, Email, "+33639980002");

        var entries = await test.JournalAsync(JournalEvent.RppsSearched);
        Assert.Equal([JournalOutcome.Success, JournalOutcome.Refused], entries.Select(entry => entry.Outcome));
        Assert.Equal(entries[0].Detail.Split(' ')[0], entries[1].Detail.Split(' ')[0]);
        Assert.NotEqual(entries[0].Detail, entries[1].Detail);
        Assert.Each(entries, entry => Assert.DoesNotContain("fictif", entry.Detail, StringComparison.OrdinalIgnoreCase));
        Assert.Each(entries, entry => Assert.DoesNotContain("98000", entry.Detail, StringComparison.Ordinal));
    }

    private static Task<RppsSearchResult> FindAsync(HolderFixture test, string? email, string? phone) =>
        test.WithAsync(s => new RppsSearch(s.Db, TestKeys.Master).FindAsync(email, phone, test.Phone, Now, HolderFixture.Ct));
}
