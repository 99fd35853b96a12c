using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Core.Tests.SignIn;

namespace ProSanteConnect.Core.Tests.SingleSignOn;

/// <summary>From the authorization code to the end of a grant.</summary>
public sealed class GrantLives
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Theory]
    [InlineData(GrantTrigger.Redeem, GrantStatus.Active, GrantStatus.CodeIssued)]
    [InlineData(GrantTrigger.Refresh, GrantStatus.Active, GrantStatus.Active)]
    [InlineData(GrantTrigger.End, GrantStatus.Ended, GrantStatus.CodeIssued, GrantStatus.Active)]
    public void A_trigger_leaves_these_statuses_alone_and_leads_to_one(GrantTrigger trigger, GrantStatus to, params GrantStatus[] from)
    {
        Assert.Equal(from, GrantLifeCycle.AllowedFrom(trigger));
        Assert.Equal(to, GrantLifeCycle.Next(trigger));
        Assert.Null(GrantLifeCycle.Next(GrantStatus.Ended, trigger));
    }

    [Fact]
    public async Task A_grant_is_found_by_its_code_with_what_its_session_says()
    {
        await using var test = await HolderFixture.CreateAsync();
        var code = SecretToken.Generate();
        var (session, grant) = await AddAsync(test, code);

        var found = (await test.WithAsync(s => new Grants(s.Db).FindByCodeAsync(code.Value, Ct)))!;

        Assert.Equal((grant.Id, session.PractitionerId, session.NationalId), (found.Grant.Id, found.PractitionerId, found.NationalId));
        Assert.True(found.IsRedeemableAt(Now.AddMinutes(1).AddTicks(-1)));
        Assert.False(found.IsRedeemableAt(Now.AddMinutes(1))); // the code lasts a minute
        Assert.False(found.IsActiveAt(Now));
        Assert.Null(await test.WithAsync(s => new Grants(s.Db).FindByCodeAsync("another", Ct)));
    }

    [Fact]
    public async Task A_grant_is_active_while_its_session_is_alive_and_its_holder_listed()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, grant) = await AddAsync(test);
        Assert.True(await RedeemAsync(test, grant));

        var found = await FindAsync(test, grant);
        Assert.True(found.IsActiveAt(session.IdleExpiresAt.AddTicks(-1)));
        Assert.False(found.IsActiveAt(session.IdleExpiresAt));
        Assert.False(found.IsRedeemableAt(Now));

        await test.DelistAsync(Now);
        Assert.False((await FindAsync(test, grant)).IsActiveAt(Now));
    }

    [Fact]
    public async Task The_end_of_the_session_is_the_end_of_its_grant()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, grant) = await AddAsync(test);
        await RedeemAsync(test, grant);

        await test.WithAsync(s => s.Sessions.EndAsync(session.Id, SessionEndReason.SignedOut, test.Computer, Now, Ct));

        Assert.False((await FindAsync(test, grant)).IsActiveAt(Now));
    }

    [Fact]
    public async Task A_token_that_was_revoked_alone_leaves_its_grant_active()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, grant) = await AddAsync(test);
        await RedeemAsync(test, grant);
        var (revoked, other) = (Guid.NewGuid(), Guid.NewGuid());

        for (var time = 0; time < 2; time++)
        {
            await test.WithAsync(s => new Grants(s.Db).RevokeTokenAsync(revoked, Now.AddMinutes(2), Entry(JournalEvent.TokenRevoked), Ct));
        }

        Assert.True((await FindAsync(test, grant, revoked)).IsTokenRevoked);
        Assert.False((await FindAsync(test, grant, other)).IsTokenRevoked);
        Assert.True((await FindAsync(test, grant, revoked)).IsActiveAt(Now));
        Assert.Single(await test.JournalAsync(JournalEvent.TokenRevoked));
    }

    [Fact]
    public async Task Each_generation_of_the_refresh_token_is_rotated_once()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, grant) = await AddAsync(test);
        Assert.False(await RotateAsync(test, grant, 0)); // no token before the code is redeemed
        await RedeemAsync(test, grant);

        Assert.True(await RotateAsync(test, grant, 0));
        Assert.False(await RotateAsync(test, grant, 0)); // a replay
        Assert.False(await RotateAsync(test, grant, 2)); // one that was never issued
        Assert.True(await RotateAsync(test, grant, 1));

        Assert.Equal(2, (await FindAsync(test, grant)).Grant.Generation);
    }

    [Fact]
    public async Task A_replay_ends_the_grant_once_and_nothing_leads_out_of_it()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (_, grant) = await AddAsync(test);
        await RedeemAsync(test, grant);
        Assert.False(await RedeemAsync(test, grant)); // the replay

        for (var time = 0; time < 2; time++)
        {
            await test.WithAsync(s => new Grants(s.Db).EndAsync(grant.Id, Entry(JournalEvent.CodeReplayed), Ct));
        }

        Assert.Equal(GrantStatus.Ended, (await FindAsync(test, grant)).Grant.Status);
        Assert.False((await FindAsync(test, grant)).IsActiveAt(Now));
        Assert.False(await RedeemAsync(test, grant));
        Assert.False(await RotateAsync(test, grant, 0));
        Assert.Single(await test.JournalAsync(JournalEvent.CodeReplayed));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R1")]
    public async Task Of_fifty_callers_one_redeems_one_rotates_and_one_ends(DatabaseProvider provider)
    {
        await using var test = await HolderFixture.CreateAsync(provider);

        for (var round = 0; round < HolderFixture.Rounds; round++)
        {
            var (_, grant) = await AddAsync(test);

            Assert.Single(await test.AtOnceAsync((_, s) => new Grants(s.Db).RedeemCodeAsync(grant.Id, Ct)), won => won);
            Assert.Single(await test.AtOnceAsync((_, s) => new Grants(s.Db).RotateAsync(grant.Id, 0, Ct)), won => won);
            await test.AtOnceAsync(async (_, s) =>
            {
                await new Grants(s.Db).EndAsync(grant.Id, Entry(JournalEvent.RefreshTokenReplayed, $"{grant.Id}"), Ct);
                return true;
            });

            Assert.Single(await test.JournalAsync(JournalEvent.RefreshTokenReplayed), entry => entry.Detail == $"{grant.Id}");
        }
    }

    private static async Task<(Session Session, Grant Grant)> AddAsync(HolderFixture test, SecretToken? code = null)
    {
        var session = await test.AddCardSessionAsync();
        return (session, await test.AddAsync(new Grant
        {
            Id = Guid.NewGuid(),
            SessionId = session.Id,
            ClientId = "client",
            Scope = "openid",
            RedirectUri = "https://rp.example.org/",
            Acr = "eidas1",
            AuthLevel = 1,
            CodeHash = (code ?? SecretToken.Generate()).Hash,
            CodeExpiresAt = Now.AddMinutes(1),
            CreatedAt = Now,
            ExpiresAt = session.ExpiresAt,
        }));
    }

    private static async Task<LiveGrant> FindAsync(HolderFixture test, Grant grant, Guid jti = default) =>
        (await test.WithAsync(s => new Grants(s.Db).FindAsync(grant.Id, jti, Ct)))!;

    private static Task<bool> RedeemAsync(HolderFixture test, Grant grant) => test.WithAsync(s => new Grants(s.Db).RedeemCodeAsync(grant.Id, Ct));

    private static Task<bool> RotateAsync(HolderFixture test, Grant grant, int generation) =>
        test.WithAsync(s => new Grants(s.Db).RotateAsync(grant.Id, generation, Ct));

    private static JournalEntry Entry(JournalEvent what, string detail = "") =>
        new() { At = Now, Event = what, Outcome = JournalOutcome.Refused, Detail = detail };
}
