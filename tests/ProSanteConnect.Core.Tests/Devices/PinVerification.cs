using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Devices;

[Trait("Requirement", "T8")]
public sealed class PinVerification
{
    private const string WrongPin = "5083";

    private static readonly DateTimeOffset Now = HolderFixture.Start;

    [Fact]
    public async Task A_hash_is_salted_and_good_for_one_e_CPS_under_one_master_key()
    {
        var (id, pin) = (Guid.NewGuid(), ((PinPolicyResult.Accepted)new PinPolicy(new ECpsOptions()).Check(Build.Pin, [], null)).Pin);
        var hasher = new PinHasher(TestKeys.Master);

        var hash = await hasher.HashAsync(id, pin, HolderFixture.Ct);

        Assert.StartsWith("psc-pin-1$", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, await hasher.HashAsync(id, pin, HolderFixture.Ct));
        Assert.True(await hasher.MatchesAsync(id, Build.Pin, hash, HolderFixture.Ct));
        Assert.False(await hasher.MatchesAsync(id, WrongPin, hash, HolderFixture.Ct));
        Assert.False(await hasher.MatchesAsync(Guid.NewGuid(), Build.Pin, hash, HolderFixture.Ct));
        Assert.False(await new PinHasher(new MasterKey(new byte[MasterKey.Size])).MatchesAsync(id, Build.Pin, hash, HolderFixture.Ct));
        await Assert.ThrowsAsync<FormatException>(() => hasher.MatchesAsync(id, Build.Pin, "psc-pin-0$x$y", HolderFixture.Ct));
    }

    [Fact]
    public async Task A_wrong_PIN_counts_for_its_own_e_CPS_only()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var colleague = await test.AddAsync(Build.Practitioner("898765000025"));
        var other = await test.AddAsync(Build.ECps(colleague, HolderFixture.Start));

        await VerifyAsync(test, eCps, WrongPin);

        Assert.Equal((1, 0), ((await test.ReadAsync(eCps)).PinFailures, (await test.ReadAsync(other)).PinFailures));
    }

    [Fact]
    public async Task The_third_wrong_PIN_in_a_row_makes_the_e_CPS_inactive()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();

        Assert.Equal(new VerifyPinResult.Wrong(2), await VerifyAsync(test, eCps, WrongPin));
        Assert.Equal(new VerifyPinResult.Wrong(1), await VerifyAsync(test, eCps, WrongPin));
        Assert.Equal(new VerifyPinResult.Inactive(DeactivationReason.Blocked, Now), await VerifyAsync(test, eCps, WrongPin));

        Assert.Equal(new VerifyPinResult.Inactive(DeactivationReason.Blocked, Now), await VerifyAsync(test, eCps, Build.Pin));
        Assert.Equal(["deactivated: Blocked"], test.Notices.Told);
        Assert.Equal(2, (await test.JournalAsync(JournalEvent.PinRefused)).Count);
    }

    [Fact]
    public async Task A_right_PIN_clears_the_count()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await VerifyAsync(test, eCps, WrongPin);
        await VerifyAsync(test, eCps, WrongPin);

        Assert.IsType<VerifyPinResult.Right>(await VerifyAsync(test, eCps, Build.Pin));

        Assert.Equal(new VerifyPinResult.Wrong(2), await VerifyAsync(test, eCps, WrongPin));
    }

    [Fact]
    public async Task Tries_that_were_lost_with_their_node_count_as_wrong()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await test.WithAsync(s => s.Db.Database.ExecuteSqlAsync($"UPDATE ECps SET PinFailures = 3", HolderFixture.Ct));

        Assert.Equal(new VerifyPinResult.Inactive(DeactivationReason.Blocked, Now), await VerifyAsync(test, eCps, Build.Pin));
    }

    [Fact]
    public async Task A_right_PIN_does_not_help_when_the_e_CPS_is_deactivated_while_it_is_hashed()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await AtTryAsync(test, 1, "Status = 'Inactive', DeactivationReason = 'Deleted', DeactivatedAt = ActivatedAt");

        Assert.Equal(new VerifyPinResult.Inactive(DeactivationReason.Deleted, Now), await VerifyAsync(test, eCps, Build.Pin));

        Assert.Equal(1, (await test.ReadAsync(eCps)).PinFailures);
    }

    [Fact]
    public async Task The_third_wrong_PIN_does_not_block_when_a_right_one_beside_it_has_cleared_the_count()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await AtTryAsync(test, 3, "PinFailures = 0");

        Assert.Equal(new VerifyPinResult.Wrong(2), await VerifyAsync(test, eCps, WrongPin));
        Assert.Equal(new VerifyPinResult.Wrong(1), await VerifyAsync(test, eCps, WrongPin));
        Assert.Equal(new VerifyPinResult.Wrong(1), await VerifyAsync(test, eCps, WrongPin));
        Assert.Equal(new VerifyPinResult.Wrong(2), await VerifyAsync(test, eCps, WrongPin));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R1")]
    public async Task Fifty_guesses_at_once_are_given_three_tries(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();

        var answers = await test.AtOnceAsync((_, s) => s.Pins.VerifyAsync(eCps, WrongPin, test.Phone, Now, HolderFixture.Ct));

        Assert.InRange(answers.Count(answer => answer is VerifyPinResult.Wrong), 1, 2);
        Assert.Each(
            answers.Where(answer => answer is not VerifyPinResult.Wrong),
            answer => Assert.Equal(DeactivationReason.Blocked, Assert.IsType<VerifyPinResult.Inactive>(answer).Reason));
        Assert.Equal(["deactivated: Blocked"], test.Notices.Told);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_holder_who_is_right_ten_times_at_once_is_not_blocked(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();

        var answers = await test.AtOnceAsync((_, s) => s.Pins.VerifyAsync(eCps, Build.Pin, test.Phone, Now, HolderFixture.Ct), callers: 10);

        Assert.Each(answers, answer => Assert.IsType<VerifyPinResult.Right>(answer));
        Assert.Equal(0, (await test.ReadAsync(eCps)).PinFailures);
    }

    /// <summary>Changes the row as a parallel call would, after a try was taken and before its PIN is hashed.</summary>
    private static Task<int> AtTryAsync(HolderFixture test, int number, string change)
    {
        var trigger = $"CREATE TRIGGER AtTry AFTER UPDATE OF PinFailures ON ECps WHEN NEW.PinFailures = {number} BEGIN UPDATE ECps SET {change}; END";
        return test.WithAsync(s => s.Db.Database.ExecuteSqlRawAsync(trigger, HolderFixture.Ct));
    }

    private static Task<VerifyPinResult> VerifyAsync(HolderFixture test, ECps eCps, string pin) =>
        test.WithAsync(s => s.Pins.VerifyAsync(eCps, pin, test.Phone, Now, HolderFixture.Ct));
}
