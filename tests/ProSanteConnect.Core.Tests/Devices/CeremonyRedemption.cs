using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Tests.Enrolment;
using ProSanteConnect.Testing;
using static ProSanteConnect.Core.Devices.CeremonyPurpose;

namespace ProSanteConnect.Core.Tests.Devices;

public sealed class CeremonyRedemption
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;
    private static readonly Guid Subject = Guid.NewGuid();

    [Fact]
    public async Task A_ceremony_gives_back_what_it_was_opened_with_once()
    {
        await using var test = await HolderFixture.CreateAsync();
        var id = await OpenAsync(test, Approve);

        Assert.Equal(new RedeemCeremonyResult.Redeemed(Approve, "state", "request 42"), await RedeemAsync(test, id, Subject, [Approve], Now.AddSeconds(119)));
        Assert.IsType<RedeemCeremonyResult.Unknown>(await RedeemAsync(test, id, Subject, [Approve], Now));
    }

    [Fact]
    public async Task A_ceremony_is_nothing_to_another_subject_for_another_purpose_or_too_late()
    {
        await using var test = await HolderFixture.CreateAsync();
        var id = await OpenAsync(test, Delete);

        Assert.IsType<RedeemCeremonyResult.Unknown>(await RedeemAsync(test, id, Guid.NewGuid(), [Delete], Now));
        Assert.IsType<RedeemCeremonyResult.Unknown>(await RedeemAsync(test, id, Subject, [Approve, Renew], Now));
        Assert.IsType<RedeemCeremonyResult.Unknown>(await RedeemAsync(test, id, Subject, [Delete], Now.AddMinutes(5)));

        var redeemed = Assert.IsType<RedeemCeremonyResult.Redeemed>(await RedeemAsync(test, id, Subject, [Delete, ForgottenPin], Now));
        Assert.Equal(Delete, redeemed.Purpose);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_calls_one_gets_the_ceremony(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var id = await OpenAsync(test, Approve);

            var answers = await test.AtOnceAsync((_, s) => s.Ceremonies.RedeemAsync(id, Subject, [Approve], Now, HolderFixture.Ct));

            Assert.Single(answers, answer => answer is RedeemCeremonyResult.Redeemed);
        }
    }

    [Fact]
    public async Task A_phone_is_enrolled_by_the_ceremony_of_its_activation_and_a_verified_answer_alone()
    {
        await using var test = await HolderFixture.CreateAsync();
        var key = Build.Device(Subject).Key;

        Assert.Null(await EnrolAsync(test, await OpenAsync(test, Enrol), Subject, answer: null));
        Assert.Null(await EnrolAsync(test, await OpenAsync(test, Enrol), Guid.NewGuid(), key));
        Assert.Null(await EnrolAsync(test, await OpenAsync(test, Renew), Subject, key));
        var ceremony = await OpenAsync(test, Enrol);
        var device = await EnrolAsync(test, ceremony, Subject, key);
        Assert.Null(await EnrolAsync(test, ceremony, Subject, key));

        Assert.Equal((Subject, key), (device?.Activation, device?.Key));
        Assert.Empty(typeof(EnrolledDevice).GetConstructors());
        Assert.All([nameof(EnrolledDevice.Activation), nameof(EnrolledDevice.Key)], name => Assert.False(typeof(EnrolledDevice).GetProperty(name)!.CanWrite));
    }

    [Fact]
    public async Task A_phone_that_was_verified_for_one_activation_completes_no_other()
    {
        await using var test = await HolderFixture.CreateAsync();
        var activation = await test.ConfirmedByCardAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => test.WithAsync(s => s.Activation.ActivateAsync(
            activation, Build.Device(Guid.NewGuid()), Build.Pin, test.Phone, Now, HolderFixture.Ct)));
    }

    private static Task<EnrolledDevice?> EnrolAsync(HolderFixture test, Guid ceremony, Guid activation, DeviceKey? answer) =>
        test.WithAsync(s => s.Ceremonies.EnrolAsync(ceremony, activation, _ => Task.FromResult(answer), Now, HolderFixture.Ct));

    private static Task<Guid> OpenAsync(HolderFixture test, CeremonyPurpose purpose) =>
        test.WithAsync(s => s.Ceremonies.OpenAsync(purpose, Subject, "state", "request 42", Now, HolderFixture.Ct));

    private static Task<RedeemCeremonyResult> RedeemAsync(
        HolderFixture test, Guid id, Guid subject, CeremonyPurpose[] purposes, DateTimeOffset now) =>
        test.WithAsync(s => s.Ceremonies.RedeemAsync(id, subject, purposes, now, HolderFixture.Ct));
}
