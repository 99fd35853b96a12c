using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Enrolment;
using ProSanteConnect.Core.Tests.SignIn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Devices;

/// <summary>From the completed activation to the end of an e-CPS.</summary>
public sealed class ECpsLives
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public void Nothing_leads_out_of_Inactive()
    {
        Assert.All(Enum.GetValues<ECpsTrigger>(), trigger => Assert.Null(ECpsLifeCycle.Next(ECpsStatus.Inactive, trigger)));
        Assert.Equal(ECpsStatus.Inactive, ECpsLifeCycle.Next(ECpsStatus.Active, ECpsTrigger.Deactivate));
    }

    [Fact]
    [Trait("Requirement", "A-END")]
    public async Task A_completed_activation_makes_an_active_e_CPS_for_three_years()
    {
        await using var test = await HolderFixture.CreateAsync();
        var activation = await test.ConfirmedByCardAsync();

        var result = Assert.IsType<ActivateResult.Activated>(await ActivateAsync(test, activation));

        var eCps = await test.ReadAsync(result.ECps);
        Assert.True(eCps.IsActiveAt(Now.AddYears(3).AddTicks(-1)));
        Assert.Equal(DeactivationReason.Expired, eCps.InactivityAt(Now.AddYears(3), null)?.Reason);
        Assert.Equal((ActivationMode.Card, "Pixel 9", "898765000017"), (eCps.Mode, eCps.DeviceName, eCps.NationalId));
        Assert.Equal((ActivationStatus.Completed, eCps.Id), await StatusAsync(test, activation));
        Assert.Equal(["activated"], test.Notices.Told);
        Assert.Equal("Card", Assert.Single(await test.JournalAsync(JournalEvent.ECpsActivated)).Detail);
        Assert.Equal(eCps.Id, (await FindAsync(test, result.DeviceToken.Value, Now) as DeviceTokenResult.Active)?.ECps.Id);
        Assert.Equal(new VerifyPinResult.Right(), await test.WithAsync(s => s.Pins.VerifyAsync(eCps, Build.Pin, test.Phone, Now, Ct)));
    }

    [Theory]
    [InlineData("1111", typeof(ActivateResult.PinTooSimple))]
    [InlineData("0102", typeof(ActivateResult.PinTooSimple))] // born on 1 February
    [InlineData("4186", typeof(ActivateResult.PinTooSimple))] // the card number ends so
    [InlineData("27", typeof(ActivateResult.PinMalformed))]
    [Trait("Requirement", "A10")]
    public async Task A_PIN_that_is_refused_consumes_nothing(string pin, Type refusal)
    {
        await using var test = await HolderFixture.CreateAsync();
        var activation = await test.ConfirmedByCardAsync();

        Assert.IsType(refusal, await ActivateAsync(test, activation, pin));

        Assert.IsType<ActivateResult.Activated>(await ActivateAsync(test, activation));
    }

    [Fact]
    public async Task An_activation_is_completed_once_and_in_its_time()
    {
        await using var test = await HolderFixture.CreateAsync();
        var activation = await test.ConfirmedByCardAsync();

        Assert.IsType<ActivateResult.Over>(await ActivateAsync(test, activation, now: Now.AddMinutes(10)));
        Assert.IsType<ActivateResult.Activated>(await ActivateAsync(test, activation, now: Now.AddMinutes(10).AddTicks(-10)));
        Assert.IsType<ActivateResult.Over>(await ActivateAsync(test, activation));
    }

    [Fact]
    public async Task A_new_e_CPS_replaces_the_former_one_and_ends_the_other_activations()
    {
        await using var test = await HolderFixture.CreateAsync();
        var former = await test.AddECpsAsync();
        var other = await test.ConfirmedByCardAsync();
        var activation = await test.ConfirmedByCardAsync();
        Assert.True((await test.ReadAsync(former)).IsActiveAt(Now)); // not before the new one is complete

        await ActivateAsync(test, activation);

        Assert.Equal(DeactivationReason.Replaced, (await test.ReadAsync(former)).DeactivationReason);
        Assert.Equal(ActivationStatus.Cancelled, (await test.ReadAsync(other)).Status);
        var inactive = Assert.IsType<DeviceTokenResult.Inactive>(await FindAsync(test, Build.DeviceTokenOf(former.Id), Now));
        Assert.Equal((DeactivationReason.Replaced, Now), (inactive.Reason, inactive.Since));
        Assert.Equal(["activated anew"], test.Notices.Told);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R2")]
    public async Task Of_fifty_completions_of_two_activations_one_wins(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var activations = new[] { await test.ConfirmedByCardAsync(), await test.ConfirmedByCardAsync() };

        var results = await test.AtOnceAsync((number, s) => s.Activation.ActivateAsync(
            activations[number % 2], Build.Device(activations[number % 2].Id), Build.Pin, test.Phone, Now, Ct));

        Assert.Single(results, result => result is ActivateResult.Activated);
        Assert.Equal(1, await test.ReadAsync(db => db.ECps.CountAsync(e => e.Status == ECpsStatus.Active, Ct)));
    }

    [Theory]
    [InlineData(DeactivationReason.Deleted)]
    [InlineData(DeactivationReason.ForgottenPin)]
    [InlineData(DeactivationReason.Deactivated)]
    [InlineData(DeactivationReason.Operator)]
    public async Task A_deactivation_takes_away_everything_that_stands_on_the_e_CPS(DeactivationReason reason)
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var session = await test.SignInByPhoneAsync(eCps);
        var grant = await test.AddGrantAsync(session);
        var card = await test.AddCardSessionAsync();
        var (_, pending) = await test.AskAsync();

        var result = await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, reason, test.Computer, null, Now.AddMinutes(1), Ct));

        Assert.Equal(new DeactivateResult.Deactivated(reason, Now.AddMinutes(1)), result);
        Assert.Equal(ApprovalOutcome.Cancelled, (await test.ReadAsync(pending.Request)).OutcomeAt(Now.AddMinutes(1)));
        Assert.Equal(SessionEndReason.ECpsDeactivated, (await SessionAsync(test, session)).EndReason);
        Assert.Null((await SessionAsync(test, card)).EndedAt);
        Assert.False(await test.WithAsync(s => new Grants(s.Db).RedeemCodeAsync(grant.Id, Ct)));
        Assert.Equal(reason, Assert.IsType<DeviceTokenResult.Inactive>(await FindAsync(test, Build.DeviceTokenOf(eCps.Id), Now.AddDays(1))).Reason);
        Assert.IsType<RotateDeviceTokenResult.Inactive>(
            await test.WithAsync(s => s.Tokens.RotateAsync(Build.DeviceTokenOf(eCps.Id), Now.AddDays(1), Ct)));
        Assert.Equal($"deactivated: {reason}", test.Notices.Told[^1]);
        Assert.Equal(reason.ToString(), Assert.Single(await test.JournalAsync(JournalEvent.ECpsDeactivated)).Detail);
    }

    [Fact]
    public async Task A_second_deactivation_changes_nothing()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deleted, test.Phone, null, Now, Ct));

        var second = await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Operator, null, "alice", Now.AddDays(1), Ct));

        Assert.Equal(new DeactivateResult.AlreadyInactive(DeactivationReason.Deleted, Now), second);
        Assert.Single(test.Notices.Told);
        Assert.IsType<DeactivateResult.Unknown>(
            await test.WithAsync(s => s.Deactivation.DeactivateAsync(Guid.NewGuid(), DeactivationReason.Operator, null, "alice", Now, Ct)));
    }

    [Fact]
    public async Task An_e_CPS_is_expired_or_delisted_without_any_job()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var token = Build.DeviceTokenOf(eCps.Id);

        var expired = Assert.IsType<DeviceTokenResult.Inactive>(await FindAsync(test, token, eCps.ExpiresAt));
        await test.DelistAsync(Now.AddDays(3));
        var delisted = Assert.IsType<DeviceTokenResult.Inactive>(await FindAsync(test, token, Now.AddDays(4)));

        Assert.Equal((DeactivationReason.Expired, eCps.ExpiresAt), (expired.Reason, expired.Since));
        Assert.Equal((DeactivationReason.Delisted, Now.AddDays(3)), (delisted.Reason, delisted.Since));
        Assert.IsType<DeviceTokenResult.Unknown>(await FindAsync(test, "another", Now));
        Assert.IsType<DeviceTokenResult.Unknown>(await FindAsync(test, null, Now));
    }

    [Fact]
    public async Task The_e_CPS_of_a_delisted_holder_is_suspended_and_comes_back_with_the_right_file_within_a_day()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var token = Build.DeviceTokenOf(eCps.Id);
        await test.DelistAsync(Now);
        var almost = Now.AddHours(24).AddSeconds(-1);

        Assert.Equal(0, await test.WithAsync(s => s.Deactivation.DeactivateDelistedAsync("directory-import", almost, Ct)));
        Assert.IsType<DeviceTokenResult.Inactive>(await FindAsync(test, token, almost));
        await test.WithAsync(s => s.Db.Practitioners.ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, (DateTimeOffset?)null), Ct));

        Assert.IsType<DeviceTokenResult.Active>(await FindAsync(test, token, almost));
        Assert.Equal(0, await test.WithAsync(s => s.Deactivation.DeactivateDelistedAsync("directory-import", Now.AddDays(3), Ct)));
    }

    [Fact]
    public async Task An_e_CPS_that_was_delisted_for_a_day_does_not_come_back_with_its_holder()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        await test.DelistAsync(Now.AddHours(-23));

        Assert.Equal(1, await test.WithAsync(s => s.Deactivation.DeactivateDelistedAsync("directory-import", Now.AddHours(1), Ct)));
        await test.WithAsync(s => s.Db.Practitioners.ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, (DateTimeOffset?)null), Ct));

        Assert.Equal(DeactivationReason.Delisted, (await test.ReadAsync(eCps)).DeactivationReason);
        Assert.Equal(DecoyReason.NoActiveECps, (await test.AskAsync(Now.AddHours(2))).Asked.Decoy);
        Assert.Equal("directory-import", Assert.Single(await test.JournalAsync(JournalEvent.ECpsDeactivated)).Actor);
        Assert.Equal(0, await test.WithAsync(s => s.Deactivation.DeactivateDelistedAsync("directory-import", Now.AddHours(1), Ct)));
    }

    [Fact]
    public async Task A_former_device_token_holds_until_the_new_one_is_first_presented()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var first = Build.DeviceTokenOf(eCps.Id);

        var lost = await RotateAsync(test, first);
        Assert.IsType<DeviceTokenResult.Active>(await FindAsync(test, first, Now));
        var second = await RotateAsync(test, first);

        Assert.IsType<DeviceTokenResult.Unknown>(await FindAsync(test, lost, Now));
        Assert.IsType<DeviceTokenResult.Active>(await FindAsync(test, first, Now));
        Assert.IsType<DeviceTokenResult.Active>(await FindAsync(test, second, Now));
        Assert.IsType<DeviceTokenResult.Unknown>(await FindAsync(test, first, Now));
        Assert.IsType<DeviceTokenResult.Active>(await FindAsync(test, second, Now));
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-08")]
    public async Task An_e_CPS_is_renewed_in_its_last_ninety_days_only()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var opening = eCps.ExpiresAt.AddDays(-90);

        Assert.Equal(new RenewResult.TooEarly(opening), await RenewAsync(test, eCps, opening.AddTicks(-10)));
        var renewed = Assert.IsType<RenewResult.Renewed>(await RenewAsync(test, eCps, opening));
        Assert.IsType<RenewResult.TooEarly>(await RenewAsync(test, await test.ReadAsync(eCps), opening));

        Assert.Equal(opening.AddYears(3), renewed.ECps.ExpiresAt);
        Assert.Equal(["renewed"], test.Notices.Told);
        var expired = Assert.IsType<RenewResult.Inactive>(await RenewAsync(test, renewed.ECps, renewed.ECps.ExpiresAt));
        Assert.Equal(DeactivationReason.Expired, expired.Reason);
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-08")]
    public async Task The_coming_end_is_told_once_each_60_30_and_7_days_before()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var reminders = new ECpsReminders(test.Database.Factory, test.Notices);

        for (var days = 65; days >= 0; days--) await reminders.SendDueAsync(eCps.ExpiresAt.AddDays(-days), Ct);

        Assert.Equal(["expires in 60 days", "expires in 30 days", "expires in 7 days"], test.Notices.Told);
    }

    [Fact]
    public async Task Who_was_never_told_hears_of_the_nearest_end_alone()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var reminders = new ECpsReminders(test.Database.Factory, test.Notices);

        await reminders.SendDueAsync(eCps.ExpiresAt.AddDays(-3), Ct);

        Assert.Equal(["expires in 7 days"], test.Notices.Told);
    }

    [Fact]
    public async Task A_signature_counter_that_goes_back_is_noticed()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();

        Assert.True(await CountAsync(test, eCps, 0));
        Assert.True(await CountAsync(test, eCps, 5));
        Assert.False(await CountAsync(test, eCps, 5));
        Assert.False(await CountAsync(test, eCps, 0));
        Assert.True(await CountAsync(test, eCps, 6));
    }

    [Fact]
    public async Task A_push_subscription_is_kept_sealed_and_ends_with_the_e_CPS()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var subscription = new PushSubscription("https://push.example.org/abc", "key", "auth");

        await test.WithAsync(s => s.Subscriptions.SubscribeAsync(eCps.Id, subscription, Ct));
        var kept = await test.ReadAsync(eCps);
        Assert.Equal(subscription, PushSubscription.Of(kept, TestKeys.Master));
        Assert.DoesNotContain("push.example.org", System.Text.Encoding.Latin1.GetString(kept.PushEndpoint!), StringComparison.Ordinal);

        await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deleted, test.Phone, null, Now, Ct));
        Assert.Null((await test.ReadAsync(eCps)).PushEndpoint);
    }

    private static Task<ActivateResult> ActivateAsync(HolderFixture test, Activation activation, string pin = Build.Pin, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Activation.ActivateAsync(activation, Build.Device(activation.Id), pin, test.Phone, now ?? Now, Ct));

    private static Task<DeviceTokenResult> FindAsync(HolderFixture test, string? token, DateTimeOffset now) =>
        test.WithAsync(s => s.Tokens.FindAsync(token, now, Ct));

    private static async Task<string> RotateAsync(HolderFixture test, string token) => Assert.IsType<RotateDeviceTokenResult.Rotated>(
        await test.WithAsync(s => s.Tokens.RotateAsync(token, Now, Ct))).Token.Value;

    private static Task<RenewResult> RenewAsync(HolderFixture test, ECps eCps, DateTimeOffset now) =>
        test.WithAsync(s => s.Renewal.RenewAsync(eCps, test.Phone, now, Ct));

    private static Task<bool> CountAsync(HolderFixture test, ECps eCps, long count) =>
        test.WithAsync(s => s.Ceremonies.CountSignatureAsync(eCps.Id, count, Ct));

    private static Task<Session> SessionAsync(HolderFixture test, Session session) =>
        test.ReadAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == session.Id, Ct));

    private static async Task<(ActivationStatus, Guid?)> StatusAsync(HolderFixture test, Activation activation)
    {
        var read = await test.ReadAsync(activation);
        return (read.Status, read.ECpsId);
    }

    [Fact]
    public void The_codes_of_the_reasons_never_change() => Assert.Equal(
        ["deleted", "forgotten-pin", "deactivated", "replaced", "blocked", "delisted", "operator", "expired"],
        [
            DeactivationReason.Deleted.Code(), DeactivationReason.ForgottenPin.Code(), DeactivationReason.Deactivated.Code(),
            DeactivationReason.Replaced.Code(), DeactivationReason.Blocked.Code(), DeactivationReason.Delisted.Code(),
            DeactivationReason.Operator.Code(), DeactivationReason.Expired.Code(),
        ]);
}
