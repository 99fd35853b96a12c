using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;

namespace ProSanteConnect.Core.Tests.SignIn;

/// <summary>The result of a card is fetched with the cookie of the browser that began and the handover that it came back with.</summary>
public sealed class CardRedemption
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public async Task The_browser_that_began_opens_a_session_with_the_handover()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);

        var opened = Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: handover.Value));

        var session = opened.Session;
        Assert.Equal((test.Practitioner.Id, AuthMode.Card, "8025000001/2600004186"), (session.PractitionerId, session.AuthMode, session.CardNumber));
        Assert.Equal(session.Id, (await test.WithAsync(s => s.Sessions.FindAsync(
            opened.Cookie.Value, test.Computer, Now, test.SignInOptions, Ct)))?.Id);
        Assert.Equal("card", Assert.Single(await test.JournalAsync(JournalEvent.SessionOpened)).Detail);
        Assert.Empty(test.Notices.Told);
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task A_wrong_handover_or_none_opens_nothing()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);

        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: SecretToken.Generate().Value));
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: null));

        Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: handover.Value));
    }

    [Fact]
    [Trait("Requirement", "T3")]
    public async Task Another_browser_opens_nothing_with_the_right_handover()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);

        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, "another cookie", handover.Value));

        Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: handover.Value));
    }

    [Fact]
    public async Task A_second_card_ends_the_handover_of_the_first()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, first) = await ApproveAsync(test);
        var second = await ApproveAsync(test, signIn);

        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: first.Value));
        Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: second!.Value));
    }

    [Fact]
    public async Task The_second_redemption_is_told_that_it_is_the_second()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);
        await test.RedeemAsync(signIn, handover: handover.Value);

        Assert.IsType<RedeemSignInResult.AlreadyRedeemed>(await test.RedeemAsync(signIn, handover: handover.Value));

        Assert.Equal(1, await test.ReadAsync(db => db.Sessions.CountAsync(Ct)));
        Assert.Null(await ApproveAsync(test, signIn));
    }

    [Fact]
    public async Task A_request_that_was_cancelled_after_its_approval_says_so_and_opens_nothing()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);
        Assert.True(await test.WithAsync(s => s.SignIns.CancelAsync(signIn, test.Computer, Now, Ct)));

        Assert.IsType<RedeemSignInResult.Cancelled>(await test.RedeemAsync(signIn, handover: handover.Value));

        Assert.Equal(0, await test.ReadAsync(db => db.Sessions.CountAsync(Ct)));
        Assert.Null(await ApproveAsync(test, signIn));
        Assert.False(await test.WithAsync(s => s.SignIns.CancelAsync(signIn, test.Computer, Now, Ct)));
    }

    [Fact]
    public async Task Nothing_opens_after_the_end_of_the_request_nor_for_somebody_the_directory_no_longer_lists()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test);

        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: handover.Value, now: Now.AddMinutes(15)));
        await test.DelistAsync(Now);
        Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIn, handover: handover.Value));
    }

    [Fact]
    public async Task A_session_does_not_outlive_the_certificate_of_the_card()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (signIn, handover) = await ApproveAsync(test, cardExpiresAt: Now.AddMinutes(20));

        var opened = Assert.IsType<RedeemSignInResult.Opened>(await test.RedeemAsync(signIn, handover: handover.Value));

        Assert.Equal(Now.AddMinutes(20), opened.Session.ExpiresAt);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R1")]
    public async Task Of_fifty_redemptions_with_one_handover_one_opens_a_session(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var (signIn, handover) = await ApproveAsync(test);

            var redemptions = await test.AtOnceAsync((_, _) => test.RedeemAsync(signIn, handover: handover.Value));

            Assert.Single(redemptions, redemption => redemption is RedeemSignInResult.Opened);
            Assert.All(redemptions, redemption => Assert.True(redemption is RedeemSignInResult.Opened or RedeemSignInResult.AlreadyRedeemed));
        }
    }

    private static async Task<(SignInRequest SignIn, SecretToken Handover)> ApproveAsync(HolderFixture test, DateTimeOffset? cardExpiresAt = null)
    {
        var signIn = await test.BeginAsync();
        return (signIn, (await ApproveAsync(test, signIn, cardExpiresAt))!);
    }

    private static Task<SecretToken?> ApproveAsync(HolderFixture test, SignInRequest signIn, DateTimeOffset? cardExpiresAt = null) =>
        test.WithAsync(s => s.SignIns.ApproveAsync(
            signIn.Id, new IdentityProof(test.Practitioner.Id, AuthMode.Card, "8025000001/2600004186", cardExpiresAt), Now, Ct));
}
