using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.SignIn;

public sealed class ApprovalOnThePhone
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public void A_request_that_is_answered_stays_answered() => Assert.All(
        new[] { ApprovalStatus.Approved, ApprovalStatus.Denied, ApprovalStatus.WrongNumber },
        status => Assert.All(Enum.GetValues<ApprovalTrigger>(), trigger => Assert.Null(ApprovalLifeCycle.Next(status, trigger))));

    [Fact]
    public async Task The_phone_is_asked_and_the_page_goes_on_without_a_handover()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();

        Assert.Equal((eCps.Id, null), (asked.ECps?.Id, asked.Decoy));
        Assert.InRange(int.Parse(asked.Request.Number, System.Globalization.CultureInfo.InvariantCulture), 10, 99);
        Assert.Equal(asked.Request.Id, Assert.Single(await PendingAsync(test, eCps)).Id);
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn)); // nobody has answered yet
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, asked.Request, $" {asked.Request.Number} "));

        var opened = Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn));

        Assert.Equal((AuthMode.Mobile, eCps.Id, null), (opened.Session.AuthMode, opened.Session.ECpsId, opened.Session.CardNumber));
        Assert.Equal(ApprovalOutcome.Approved, (await FindForBrowserAsync(test, signIn))!.OutcomeAt(Now));
        Assert.Empty(await PendingAsync(test, eCps));
        Assert.Equal(["request", "new browser: Firefox sous Windows"], test.Notices.Told);
        Assert.IsType<RedeemSignInResult.AlreadyRedeemed>(await test.RedeemAsync(signIn));
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task Another_browser_neither_sees_nor_redeems()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        await test.ApproveAsync(eCps, asked.Request);

        Assert.Null(await FindForBrowserAsync(test, signIn, "another cookie"));
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, "another cookie"));
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task A_card_s_result_still_needs_its_handover()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        await test.ApproveAsync(eCps, asked.Request);

        // The card comes after the phone, and what it says stands.
        var handover = await test.WithAsync(s => s.SignIns.ApproveAsync(
            signIn.Id, new IdentityProof(test.Practitioner.Id, AuthMode.Card, "8025000001"), Now, Ct));

        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn));
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: "another"));
        var opened = Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: handover!.Value));
        Assert.Equal((AuthMode.Card, null), (opened.Session.AuthMode, opened.Session.ECpsId));
    }

    [Fact]
    [Trait("Requirement", "T1")]
    public async Task One_wrong_number_ends_the_request_and_says_nothing_of_the_PIN()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        var other = asked.Request.Number == "10" ? "11" : "10";

        Assert.IsType<ApproveResult.NumberWrong>(await test.ApproveAsync(eCps, asked.Request, other, pin: "5083"));

        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.WrongNumber), await test.ApproveAsync(eCps, asked.Request));
        Assert.Equal(0, (await test.ReadAsync(eCps)).PinFailures);
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn));
    }

    [Fact]
    public async Task Three_wrong_numbers_in_an_hour_keep_unknown_browsers_away_for_an_hour()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        for (var mistake = 0; mistake < 3; mistake++)
        {
            var (_, asked) = await test.AskAsync();
            Assert.Null(asked.Decoy);
            await test.ApproveAsync(eCps, asked.Request, "9");
        }

        Assert.Equal(DecoyReason.Frozen, (await test.AskAsync(Now.AddMinutes(59))).Asked.Decoy);
        Assert.Null((await test.AskAsync(Now.AddMinutes(60))).Asked.Decoy);
    }

    [Fact]
    [Trait("Requirement", "T8")]
    public async Task A_wrong_PIN_leaves_the_request_open_and_the_third_ends_all()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();

        Assert.Equal(new ApproveResult.PinWrong(2), await test.ApproveAsync(eCps, asked.Request, pin: "5083"));
        Assert.Equal(new ApproveResult.PinWrong(1), await test.ApproveAsync(eCps, asked.Request, pin: "5083"));
        Assert.Equal(new ApproveResult.Inactive(DeactivationReason.Blocked, Now), await test.ApproveAsync(eCps, asked.Request, pin: "5083"));

        Assert.Equal(ApprovalOutcome.Cancelled, (await FindForBrowserAsync(test, signIn))!.OutcomeAt(Now));
        Assert.Equal(DecoyReason.NoActiveECps, (await test.AskAsync()).Asked.Decoy);
    }

    [Theory]
    [InlineData("899700218896", DecoyReason.UnknownHolder)]
    [InlineData("898765000017", DecoyReason.NoActiveECps)]
    [Trait("Requirement", "T6")]
    public async Task Whoever_cannot_be_asked_gets_a_decoy_that_waits_like_any_other(string nationalId, DecoyReason reason)
    {
        await using var test = await HolderFixture.CreateAsync();

        var (signIn, asked) = await test.AskAsync(nationalId: nationalId);

        Assert.Equal(reason, asked.Decoy);
        Assert.True(asked.Request.IsDecoy);
        Assert.Equal(2, asked.Request.Number.Length);
        Assert.Equal(ApprovalOutcome.Pending, (await FindForBrowserAsync(test, signIn))!.OutcomeAt(Now.AddSeconds(119)));
        Assert.Equal(ApprovalOutcome.Expired, (await FindForBrowserAsync(test, signIn))!.OutcomeAt(Now.AddSeconds(120)));
        Assert.Empty(test.Notices.Told);
        Assert.Equal(reason.ToString(), Assert.Single(await test.JournalAsync(JournalEvent.ApprovalAsked)).Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "T1")]
    public async Task A_request_of_an_unknown_browser_leaves_that_of_a_known_one_alone(bool isKnownFirst)
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var token = (await test.WithAsync(s => s.Browsers.RememberAsync(null, test.Practitioner.Id, Now, Ct)))!.Value;
        var stranger = await test.WithAsync(s => s.SignIns.OpenAsync(null, "/mon-compte", required: null, "another cookie", Now, test.SignInOptions, Ct));
        var late = Now.AddSeconds(1);
        if (!isKnownFirst) await test.AskAsync(stranger, Now);
        var (_, own) = await test.AskAsync(isKnownFirst ? Now : late, knownBrowser: token);
        if (isKnownFirst) await test.AskAsync(stranger, late);

        var pending = await PendingAsync(test, eCps, late);

        Assert.Equal([true, false], pending.Select(request => request.KnownBrowser));
        Assert.Equal(own.Request.Id, pending[0].Id);
        var wrong = Enumerable.Range(10, 90).Select(n => $"{n}").First(n => n != pending[1].Number);
        Assert.IsType<ApproveResult.NumberWrong>(await test.ApproveAsync(eCps, pending[1], wrong, now: late));
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, own.Request, now: late));
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task A_limited_an_expired_and_a_delisted_holder_get_decoys_too()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddECpsAsync(expiresAt: Now.AddDays(1));

        Assert.Equal(DecoyReason.Limited, (await test.AskAsync(limited: true)).Asked.Decoy);
        Assert.Equal(DecoyReason.NoActiveECps, (await test.AskAsync(Now.AddDays(1))).Asked.Decoy);
        await test.DelistAsync(Now);
        Assert.Equal(DecoyReason.UnknownHolder, (await test.AskAsync()).Asked.Decoy);
    }

    [Fact]
    [Trait("Requirement", "T1")]
    public async Task A_holder_is_asked_one_thing_at_a_time()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (_, first) = await test.AskAsync();

        var (_, second) = await test.AskAsync(Now.AddSeconds(10));

        Assert.Equal(second.Request.Id, Assert.Single(await PendingAsync(test, eCps, Now.AddSeconds(10))).Id);
        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.Replaced), await test.ApproveAsync(eCps, first.Request, now: Now.AddSeconds(11)));
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, second.Request, now: Now.AddSeconds(11)));
    }

    [Fact]
    public async Task A_request_expires_after_two_minutes_and_stays_expired()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (_, asked) = await test.AskAsync();

        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.Expired), await test.ApproveAsync(eCps, asked.Request, now: Now.AddSeconds(120)));
        Assert.Equal(new DenyResult.Over(ApprovalOutcome.Expired), await DenyAsync(test, eCps, asked.Request, false, Now.AddSeconds(120)));
        await test.AskAsync(Now.AddMinutes(5));
        Assert.Equal(ApprovalOutcome.Expired, (await test.ReadAsync(asked.Request)).OutcomeAt(Now.AddMinutes(5)));
    }

    [Fact]
    public async Task What_was_approved_and_then_disowned_opens_no_session()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        Assert.IsType<ApproveResult.Approved>(await test.ApproveAsync(eCps, asked.Request));

        await test.WithAsync(async s =>
        {
            await s.SignIns.RepudiateAsync(test.Practitioner.Id, Ct);
            return true;
        });

        Assert.IsNotType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn));
    }

    [Fact]
    public async Task Another_e_CPS_s_request_is_unknown()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddECpsAsync();
        var (_, asked) = await test.AskAsync();
        var other = Build.ECps(await test.AddAsync(Build.Practitioner("899700218896")), Now);
        await test.AddAsync(other);

        Assert.IsType<ApproveResult.Unknown>(await test.ApproveAsync(other, asked.Request));
        Assert.IsType<DenyResult.Unknown>(await DenyAsync(test, other, asked.Request, true));
    }

    [Fact]
    public async Task Not_me_keeps_unknown_browsers_away_for_a_day_and_known_ones_not()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var known = (await test.WithAsync(s => s.Browsers.RememberAsync(null, test.Practitioner.Id, Now, Ct)))!.Value;
        var (signIn, asked) = await test.AskAsync();

        Assert.IsType<DenyResult.Denied>(await DenyAsync(test, eCps, asked.Request, notMe: true));

        Assert.Equal(ApprovalOutcome.Denied, (await FindForBrowserAsync(test, signIn))!.OutcomeAt(Now));
        Assert.Equal(DecoyReason.Frozen, (await test.AskAsync(Now.AddHours(24).AddTicks(-10))).Asked.Decoy);
        var (_, fromKnown) = await test.AskAsync(Now, knownBrowser: known);
        Assert.Null(fromKnown.Decoy);
        Assert.True(fromKnown.Request.KnownBrowser);
        Assert.Null((await test.AskAsync(Now.AddHours(24))).Asked.Decoy);
        Assert.Equal("not-me", Assert.Single(await test.JournalAsync(JournalEvent.ApprovalDenied)).Detail);
    }

    [Fact]
    public async Task A_plain_refusal_freezes_nothing()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (_, asked) = await test.AskAsync();

        Assert.IsType<DenyResult.Denied>(await DenyAsync(test, eCps, asked.Request, notMe: false));

        Assert.Null((await test.AskAsync()).Asked.Decoy);
        Assert.Equal(new DenyResult.Over(ApprovalOutcome.Denied), await DenyAsync(test, eCps, asked.Request, notMe: true));
    }

    [Fact]
    [Trait("Requirement", "RIE-PS-09")]
    public async Task A_sign_in_from_a_known_browser_is_not_told()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var known = (await test.WithAsync(s => s.Browsers.RememberAsync(null, test.Practitioner.Id, Now, Ct)))!.Value;
        var (signIn, asked) = await test.AskAsync(knownBrowser: known);
        await test.ApproveAsync(eCps, asked.Request);

        Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn));

        Assert.Equal(["request"], test.Notices.Told);
    }

    [Fact]
    public async Task A_holder_sees_and_lifts_the_freeze_of_unknown_browsers()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (_, asked) = await test.AskAsync();
        await DenyAsync(test, eCps, asked.Request, notMe: true);

        Assert.Equal(Now.AddDays(1), await UntilAsync(Now.AddDays(1).AddTicks(-10)));
        Assert.Null(await UntilAsync(Now.AddDays(1)));
        Assert.True(await LiftAsync());
        Assert.False(await LiftAsync());

        Assert.Null(await UntilAsync(Now));
        Assert.Null((await test.AskAsync()).Asked.Decoy);
        Assert.Single(await test.JournalAsync(JournalEvent.ApprovalFreezeLifted));

        Task<DateTimeOffset?> UntilAsync(DateTimeOffset now) => test.WithAsync(s => new ApprovalFreezes(s.Db).UntilAsync(test.Practitioner.Id, now, Ct));
        Task<bool> LiftAsync() => test.WithAsync(s => new ApprovalFreezes(s.Db).LiftAsync(test.Practitioner.Id, test.Phone, Now, Ct));
    }

    [Fact]
    public async Task A_session_does_not_outlive_the_e_CPS_that_opened_it()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync(expiresAt: Now.AddHours(1));

        Assert.Equal(eCps.ExpiresAt, (await test.SignInByPhoneAsync(eCps)).ExpiresAt);
    }

    [Fact]
    public async Task A_browser_is_known_to_who_signed_in_with_it_for_180_days()
    {
        await using var test = await HolderFixture.CreateAsync();
        var other = await test.AddAsync(Build.Practitioner("899700218896"));
        var token = (await test.WithAsync(s => s.Browsers.RememberAsync("planted", test.Practitioner.Id, Now, Ct)))!.Value;

        Assert.NotEqual("planted", token);
        Assert.False(await IsKnownAsync("planted", test.Practitioner.Id, Now));
        Assert.False(await IsKnownAsync(token, other.Id, Now));
        Assert.True(await IsKnownAsync(token, test.Practitioner.Id, Now.AddDays(180).AddTicks(-10)));
        Assert.False(await IsKnownAsync(token, test.Practitioner.Id, Now.AddDays(180)));
        Assert.Null(await test.WithAsync(s => s.Browsers.RememberAsync(token, test.Practitioner.Id, Now.AddDays(100), Ct)));
        Assert.True(await IsKnownAsync(token, test.Practitioner.Id, Now.AddDays(200)));
        await test.WithAsync(s => s.Browsers.ForgetAllAsync(test.Practitioner.Id, Ct));
        Assert.False(await IsKnownAsync(token, test.Practitioner.Id, Now.AddDays(101)));

        Task<bool> IsKnownAsync(string cookie, long practitioner, DateTimeOffset now) =>
            test.WithAsync(s => s.Browsers.IsKnownAsync(cookie, practitioner, now, Ct));
    }

    private static Task<List<ApprovalRequest>> PendingAsync(HolderFixture test, ECps eCps, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Approvals.ListPendingAsync(eCps.Id, now ?? Now, Ct));

    private static Task<ApprovalRequest?> FindForBrowserAsync(
        HolderFixture test, SignInRequest signIn, string secret = ApprovalSteps.BrowserSecret) =>
        test.WithAsync(s => s.Approvals.FindForBrowserAsync(signIn.Id, secret, Now, Ct));

    private static Task<DenyResult> DenyAsync(HolderFixture test, ECps eCps, ApprovalRequest request, bool notMe, DateTimeOffset? now = null) =>
        test.WithAsync(s => s.Approvals.DenyAsync(request.Id, eCps, notMe, test.Phone, now ?? Now, Ct));
}
