using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.Tests.Devices;

namespace ProSanteConnect.Core.Tests.SignIn;

/// <summary>How a request ends for the page that waits: replaced, withdrawn, or ended elsewhere.</summary>
public sealed class ApprovalWithdrawal
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public void A_request_that_nobody_answered_and_that_has_ended_can_only_be_withdrawn() => Assert.All(
        new[] { ApprovalStatus.Replaced, ApprovalStatus.Cancelled },
        status => Assert.Equal(
            [ApprovalTrigger.Withdraw],
            Enum.GetValues<ApprovalTrigger>().Where(trigger => ApprovalLifeCycle.Next(status, trigger) is not null)));

    [Fact]
    public async Task A_page_that_asks_again_waits_for_its_last_request()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, first) = await test.AskAsync(nationalId: "899700218896");

        var second = await test.AskAsync(signIn, Now.AddSeconds(1));

        Assert.Equal(second.Request.Id, (await FindForBrowserAsync(test, signIn))!.Id);
        Assert.Equal(ApprovalOutcome.Replaced, (await test.ReadAsync(first.Request)).OutcomeAt(Now.AddSeconds(1)));
    }

    [Theory]
    [InlineData("898765000017")]
    [InlineData("899700218896")]
    [Trait("Requirement", "T1")]
    public async Task A_browser_that_asks_in_a_second_tab_waits_in_that_one_alone_whoever_it_asks(string nationalId)
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddECpsAsync();
        var (_, first) = await test.AskAsync(nationalId: nationalId);

        var (_, second) = await test.AskAsync(Now.AddSeconds(1), nationalId);

        Assert.Equal(ApprovalOutcome.Replaced, await OutcomeForBrowserAsync(test, first.Request, Now.AddSeconds(2)));
        Assert.Equal(ApprovalOutcome.Pending, await OutcomeForBrowserAsync(test, second.Request, Now.AddSeconds(2)));
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task A_request_that_another_browser_replaces_looks_there_like_one_that_nobody_answers()
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddECpsAsync();
        var (_, first) = await test.AskAsync();
        var stranger = await test.WithAsync(
            s => s.SignIns.OpenAsync(null, "/mon-compte", required: null, "another cookie", Now, test.SignInOptions, HolderFixture.Ct));

        await test.AskAsync(stranger, Now.AddSeconds(1));

        Assert.Equal(ApprovalOutcome.Replaced, (await test.ReadAsync(first.Request)).OutcomeAt(Now.AddSeconds(2)));
        Assert.Equal(ApprovalOutcome.Pending, await OutcomeForBrowserAsync(test, first.Request, Now.AddSeconds(119)));
        Assert.Equal(ApprovalOutcome.Expired, await OutcomeForBrowserAsync(test, first.Request, Now.AddSeconds(120)));
    }

    [Theory]
    [InlineData("898765000017")]
    [InlineData("899700218896")]
    [Trait("Requirement", "T6")]
    public async Task What_a_page_withdraws_looks_withdrawn_whoever_it_asked_and_whoever_asked_since(string nationalId)
    {
        await using var test = await HolderFixture.CreateAsync();
        await test.AddECpsAsync();
        var (signIn, first) = await test.AskAsync(nationalId: nationalId);
        var stranger = await test.WithAsync(
            s => s.SignIns.OpenAsync(null, "/mon-compte", required: null, "another cookie", Now, test.SignInOptions, HolderFixture.Ct));
        await test.AskAsync(stranger, Now.AddSeconds(1), nationalId);

        Assert.True(await test.WithAsync(s => s.Approvals.CancelAsync(signIn, test.Computer, Now.AddSeconds(2), Ct)));

        Assert.Equal(ApprovalOutcome.Cancelled, await OutcomeForBrowserAsync(test, first.Request, Now.AddSeconds(3)));
        Assert.False(await test.WithAsync(s => s.Approvals.CancelAsync(signIn, test.Computer, Now.AddSeconds(3), Ct)));
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task What_a_page_withdraws_after_the_end_of_the_e_CPS_looks_withdrawn_too()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deleted, test.Phone, null, Now.AddSeconds(5), Ct));

        Assert.True(await test.WithAsync(s => s.Approvals.CancelAsync(signIn, test.Computer, Now.AddSeconds(6), Ct)));

        Assert.Equal(ApprovalOutcome.Cancelled, await OutcomeForBrowserAsync(test, asked.Request, Now.AddSeconds(7)));
    }

    [Fact]
    [Trait("Requirement", "T6")]
    public async Task What_ends_with_the_e_CPS_goes_on_waiting_in_the_browser_as_if_nobody_answered()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (_, asked) = await test.AskAsync();
        var later = Now.AddSeconds(5);

        await test.WithAsync(s => s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deleted, test.Phone, null, later, Ct));

        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.Cancelled), await test.ApproveAsync(eCps, asked.Request));
        Assert.Equal(ApprovalOutcome.Pending, await OutcomeForBrowserAsync(test, asked.Request, Now.AddSeconds(119)));
        Assert.Equal(ApprovalOutcome.Expired, await OutcomeForBrowserAsync(test, asked.Request, Now.AddSeconds(120)));
    }

    [Fact]
    public async Task The_page_may_cancel_what_it_waits_for()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();

        Assert.True(await test.WithAsync(s => s.Approvals.CancelAsync(signIn, test.Computer, Now, Ct)));
        Assert.False(await test.WithAsync(s => s.Approvals.CancelAsync(signIn, test.Computer, Now, Ct)));

        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.Cancelled), await test.ApproveAsync(eCps, asked.Request));
        Assert.Equal(ApprovalOutcome.Cancelled, await OutcomeForBrowserAsync(test, asked.Request, Now.AddSeconds(1)));
    }

    [Fact]
    public async Task Nothing_is_approved_for_a_sign_in_that_was_cancelled()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var (signIn, asked) = await test.AskAsync();
        await test.WithAsync(s => s.SignIns.CancelAsync(signIn, test.Computer, Now, Ct));

        Assert.Equal(new ApproveResult.Over(ApprovalOutcome.Cancelled), await test.ApproveAsync(eCps, asked.Request));

        Assert.Empty(await test.JournalAsync(JournalEvent.ApprovalApproved));
    }

    private static Task<ApprovalRequest?> FindForBrowserAsync(
        HolderFixture test, SignInRequest signIn, string secret = ApprovalSteps.BrowserSecret) =>
        test.WithAsync(s => s.Approvals.FindForBrowserAsync(signIn.Id, secret, Now, Ct));

    private static async Task<ApprovalOutcome> OutcomeForBrowserAsync(HolderFixture test, ApprovalRequest request, DateTimeOffset now)
    {
        var present = await test.ReadAsync(request);
        return await test.WithAsync(s => s.Approvals.OutcomeForBrowserAsync(present, now, HolderFixture.Ct));
    }
}
