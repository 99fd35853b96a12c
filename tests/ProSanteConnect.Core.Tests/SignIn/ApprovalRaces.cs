using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.SignIn;

/// <summary>Parallel sign-ins by phone, and a sign-in in parallel with a deactivation.</summary>
[Trait("Requirement", "R1")]
public sealed class ApprovalRaces
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_pages_that_ask_at_once_one_is_left_pending(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            await test.AtOnceAsync(async (_, _) => await test.AskAsync());

            Assert.Single(await test.WithAsync(s => s.Approvals.ListPendingAsync(eCps.Id, Now, Ct)));
        }
    }

    [Theory]
    [Trait("Requirement", "R3")]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_approvals_refusals_and_a_cancellation_at_once_one_is_the_answer(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var (signIn, asked) = await test.AskAsync();

            var won = await test.AtOnceAsync(
                async (number, s) => (number % 3) switch
                {
                    0 => await s.Approvals.ApproveAsync(asked.Request.Id, eCps, asked.Request.Number, Build.Pin, test.Phone, Now, Ct) is ApproveResult.Approved,
                    1 => await s.Approvals.DenyAsync(asked.Request.Id, eCps, notMe: false, test.Phone, Now, Ct) is DenyResult.Denied,
                    _ => await s.Approvals.CancelAsync(signIn, test.Computer, Now, Ct),
                },
                callers: 12);

            Assert.Single(won, winner => winner);
            var isApproved = (await test.ReadAsync(asked.Request)).Status == ApprovalStatus.Approved;
            Assert.Equal(isApproved, await test.RedeemAsync(signIn) is RedeemSignInResult.Opened);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Of_fifty_redemptions_one_opens_a_session(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);
        var eCps = await test.AddECpsAsync();

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var (signIn, asked) = await test.AskAsync();
            await test.ApproveAsync(eCps, asked.Request);

            var redemptions = await test.AtOnceAsync((_, _) => test.RedeemAsync(signIn));

            Assert.Single(redemptions, redemption => redemption is RedeemSignInResult.Opened);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R13")]
    public async Task A_deactivation_among_fifty_redemptions_leaves_no_session_alive(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var eCps = await test.AddECpsAsync();
            var signIns = new List<SignInRequest>();
            for (var page = 0; page < HolderFixture.Callers; page++)
            {
                var signIn = await test.BeginAsync();
                Assert.True(await test.WithAsync(s => s.SignIns.ApproveFromPhoneAsync(signIn.Id, eCps, Now, Ct)));
                signIns.Add(signIn);
            }

            await test.AtOnceAsync(async (number, s) =>
            {
                if (number == HolderFixture.Callers / 2)
                {
                    return await s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deactivated, test.Computer, null, Now, Ct) is DeactivateResult.Deactivated;
                }

                return await test.RedeemAsync(signIns[number]) is RedeemSignInResult.Opened;
            });

            Assert.Equal(0, await test.ReadAsync(db => db.Sessions.CountAsync(s => s.ECpsId == eCps.Id && s.EndedAt == null, Ct)));
            Assert.IsType<RedeemSignInResult.Unknown>(await test.RedeemAsync(signIns[HolderFixture.Callers / 2]));
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R13")]
    public async Task A_deactivation_among_fifty_questions_leaves_none_pending(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var eCps = await test.AddECpsAsync();

            await test.AtOnceAsync(async (number, s) => number == HolderFixture.Callers / 2
                ? await s.Deactivation.DeactivateAsync(eCps.Id, DeactivationReason.Deactivated, test.Computer, null, Now, Ct) is not null
                : await test.AskAsync() is { Asked: not null });

            Assert.Empty(await test.WithAsync(s => s.Approvals.ListPendingAsync(eCps.Id, Now, Ct)));
        }
    }
}
