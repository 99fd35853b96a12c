using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Tests.Devices;

namespace ProSanteConnect.Core.Tests.Enrolment;

public sealed class ActivationByCard
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    [Trait("Requirement", "A7")]
    public async Task A_QR_code_is_looked_at_without_being_consumed_and_scanned_once()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, opened) = await test.OpenByCardAsync();

        var inspected = await test.WithAsync(s => s.Activations.InspectAsync(opened.QrCode.Value, Now, Ct));
        var scanned = await test.ScanAsync(opened.QrCode, Now.AddSeconds(89));
        var again = await test.ScanAsync(opened.QrCode, Now.AddSeconds(89));

        Assert.Equal("FICTIF", Assert.IsType<InspectQrCodeResult.Scannable>(inspected).Holder.FamilyName);
        var paired = Assert.IsType<ScanResult.Paired>(scanned);
        Assert.Equal((ActivationStatus.Scanned, "Pixel 9"), (paired.Activation.Status, paired.Activation.DeviceName));
        Assert.Equal(Now.AddSeconds(89).AddMinutes(5), paired.Activation.ExpiresAt);
        Assert.NotNull(paired.PairingCode);
        Assert.IsType<ScanResult.Unknown>(again);
        Assert.IsType<InspectQrCodeResult.Over>(await test.WithAsync(s => s.Activations.InspectAsync(opened.QrCode.Value, Now, Ct)));
        Assert.IsType<InspectQrCodeResult.Unknown>(await test.WithAsync(s => s.Activations.InspectAsync("anything", Now, Ct)));
    }

    [Fact]
    public async Task A_QR_code_lasts_ninety_seconds()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, opened) = await test.OpenByCardAsync();

        Assert.IsType<ScanResult.Expired>(await test.ScanAsync(opened.QrCode, Now.AddSeconds(90)));
        Assert.IsType<InspectQrCodeResult.Over>(await test.WithAsync(s => s.Activations.InspectAsync(opened.QrCode.Value, Now.AddSeconds(90), Ct)));
    }

    [Fact]
    public async Task A_renewed_QR_code_kills_the_former_one()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, opened) = await test.OpenByCardAsync();

        var renewed = Assert.IsType<OpenActivationResult.Opened>(
            await test.WithAsync(s => s.Activations.RenewQrCodeAsync(opened.Activation.Id, session.Id, Now.AddHours(1), Ct)));

        Assert.IsType<ScanResult.Unknown>(await test.ScanAsync(opened.QrCode, Now.AddHours(1)));
        Assert.IsType<ScanResult.Paired>(await test.ScanAsync(renewed.QrCode, Now.AddHours(1).AddSeconds(89)));
        Assert.IsType<OpenActivationResult.Over>(
            await test.WithAsync(s => s.Activations.RenewQrCodeAsync(opened.Activation.Id, session.Id, Now.AddHours(1), Ct)));
    }

    [Fact]
    public async Task Another_session_neither_renews_nor_confirms()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, opened) = await test.OpenByCardAsync();
        var other = await test.AddCardSessionAsync();

        Assert.IsType<OpenActivationResult.Over>(
            await test.WithAsync(s => s.Activations.RenewQrCodeAsync(opened.Activation.Id, other.Id, Now, Ct)));
        var paired = Assert.IsType<ScanResult.Paired>(await test.ScanAsync(opened.QrCode));
        Assert.IsType<CheckCodeResult.Over>(await test.TypeAsync(other, opened.Activation, paired.PairingCode!.Value));
    }

    [Fact]
    [Trait("Requirement", "A9")]
    public async Task The_code_typed_on_the_computer_lets_the_phone_go_on_once()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, paired) = await test.PairByCardAsync();
        Assert.IsType<ExchangeCodeResult.Pending>(await test.ExchangeAsync(paired.PairingToken));

        Assert.IsType<CheckCodeResult.Confirmed>(await test.TypeAsync(session, paired.Activation, $" {paired.PairingCode!.Value} "));
        var told = Assert.IsType<ExchangeCodeResult.Confirmed>(await test.ExchangeAsync(paired.PairingToken));

        Assert.Equal(Now.AddMinutes(10), told.ExpiresAt);
        Assert.IsType<ExchangeCodeResult.Unknown>(await test.ExchangeAsync(paired.PairingToken));
        Assert.IsType<CheckCodeResult.Over>(await test.TypeAsync(session, paired.Activation, paired.PairingCode.Value));
        Assert.True(Assert.IsType<ActivationTokenResult.Found>(await FindAsync(test, told.EnrolmentToken.Value, Now)).MayEnrol);
        Assert.False(Assert.IsType<ActivationTokenResult.Found>(await FindAsync(test, paired.PairingToken.Value, Now)).MayEnrol);
        Assert.IsType<ActivationTokenResult.Over>(await FindAsync(test, told.EnrolmentToken.Value, Now.AddMinutes(10)));
        Assert.IsType<ActivationTokenResult.Unknown>(await FindAsync(test, "another", Now));
    }

    [Fact]
    [Trait("Requirement", "A9")]
    public async Task The_third_wrong_code_cancels_the_activation()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, paired) = await test.PairByCardAsync();
        var wrong = ActivationSteps.NotThe(paired.PairingCode!);

        Assert.Equal(new CheckCodeResult.Wrong(2), await test.TypeAsync(session, paired.Activation, wrong));
        Assert.Equal(new CheckCodeResult.Wrong(1), await test.TypeAsync(session, paired.Activation, "not digits"));
        Assert.IsType<CheckCodeResult.NoTryLeft>(await test.TypeAsync(session, paired.Activation, wrong));

        Assert.IsType<CheckCodeResult.Over>(await test.TypeAsync(session, paired.Activation, paired.PairingCode!.Value));
        Assert.IsType<ExchangeCodeResult.Denied>(await test.ExchangeAsync(paired.PairingToken));
    }

    [Fact]
    [Trait("Requirement", "ASVS-6.5.5")]
    public async Task A_code_lasts_five_minutes()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, paired) = await test.PairByCardAsync();

        Assert.IsType<CheckCodeResult.Expired>(await test.TypeAsync(session, paired.Activation, paired.PairingCode!.Value, Now.AddMinutes(5)));
        Assert.IsType<ExchangeCodeResult.Expired>(await test.ExchangeAsync(paired.PairingToken, now: Now.AddMinutes(5)));
    }

    [Fact]
    public async Task A_phone_that_asks_too_often_is_told_to_slow_down()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, paired) = await test.PairByCardAsync();

        Assert.IsType<ExchangeCodeResult.Pending>(await test.ExchangeAsync(paired.PairingToken));
        Assert.IsType<ExchangeCodeResult.Pending>(await test.ExchangeAsync(paired.PairingToken, now: Now.AddSeconds(2)));
        Assert.Equal(new ExchangeCodeResult.SlowDown(7), await test.ExchangeAsync(paired.PairingToken, now: Now.AddSeconds(3)));
        Assert.Equal(new ExchangeCodeResult.SlowDown(12), await test.ExchangeAsync(paired.PairingToken, now: Now.AddSeconds(9)));
        Assert.IsType<ExchangeCodeResult.Pending>(await test.ExchangeAsync(paired.PairingToken, now: Now.AddSeconds(21)));
    }

    [Fact]
    public async Task A_session_has_one_activation_at_a_time_and_pairs_five_phones_at_most()
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await test.AddCardSessionAsync();
        for (var phone = 0; phone < 5; phone++)
        {
            var (_, former) = await test.OpenByCardAsync(session);
            var (_, opened) = await test.OpenByCardAsync(session);
            Assert.IsType<ScanResult.Unknown>(await test.ScanAsync(former.QrCode));
            Assert.IsType<ScanResult.Paired>(await test.ScanAsync(opened.QrCode));
        }

        var sixth = await test.WithAsync(s => s.Activations.OpenForCardAsync(session, test.Computer, Now, Ct));

        Assert.IsType<OpenActivationResult.TooManyPairings>(sixth);
        await test.OpenByCardAsync(); // another sign-in by card may
    }

    [Fact]
    public async Task A_cancelled_activation_is_over_for_both_screens()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, paired) = await test.PairByCardAsync();

        Assert.True(await test.WithAsync(s => s.Activations.CancelAsync(paired.Activation, test.Computer, Now, Ct)));
        Assert.False(await test.WithAsync(s => s.Activations.CancelAsync(paired.Activation, test.Computer, Now, Ct)));

        Assert.IsType<CheckCodeResult.Over>(await test.TypeAsync(session, paired.Activation, paired.PairingCode!.Value));
        Assert.IsType<ExchangeCodeResult.Denied>(await test.ExchangeAsync(paired.PairingToken));
        Assert.IsType<ActivationTokenResult.Over>(await FindAsync(test, paired.PairingToken.Value, Now));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_calls_one_scans_one_confirms_and_one_is_told(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var (session, opened) = await test.OpenByCardAsync();

            var scans = await test.AtOnceAsync((_, s) => s.Activations.ScanAsync(opened.QrCode.Value, "Pixel 9", test.Phone, Now, Ct));
            var paired = (ScanResult.Paired)Assert.Single(scans, scan => scan is ScanResult.Paired);

            var typed = await test.TypeAsync(session, opened.Activation, ActivationSteps.NotThe(paired.PairingCode!));
            Assert.Equal(new CheckCodeResult.Wrong(2), typed);
            var checks = await test.AtOnceAsync((_, s) => s.Activations.CheckTypedCodeAsync(
                opened.Activation.Id, session.Id, paired.PairingCode!.Value, test.Computer, Now, Ct));
            Assert.Single(checks, check => check is CheckCodeResult.Confirmed);

            var exchanges = await test.AtOnceAsync((_, s) => s.Activations.ExchangeAsync(paired.PairingToken.Value, null, test.Phone, Now, Ct));
            Assert.Single(exchanges, exchange => exchange is ExchangeCodeResult.Confirmed);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R1")]
    public async Task Fifty_guesses_at_once_are_given_three_tries(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var (session, paired) = await test.PairByCardAsync();
        var wrong = ActivationSteps.NotThe(paired.PairingCode!);

        await test.AtOnceAsync((_, s) => s.Activations.CheckTypedCodeAsync(paired.Activation.Id, session.Id, wrong, test.Computer, Now, Ct));

        var activation = await test.ReadAsync(paired.Activation);
        Assert.Equal((ActivationStatus.Cancelled, 3), (activation.Status, activation.CodeTries));
    }

    private static Task<ActivationTokenResult> FindAsync(HolderFixture test, string token, DateTimeOffset now) =>
        test.WithAsync(s => s.Activations.FindByTokenAsync(token, now, Ct));
}
