using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;

namespace ProSanteConnect.Core.Tests.SingleSignOn;

/// <summary>Several grants of several sessions: what happens to one leaves the others alone, unless their session ends.</summary>
public sealed class GrantsOfSessions
{
    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public async Task A_grant_is_written_with_its_journal_entry()
    {
        await using var test = await HolderFixture.CreateAsync();
        var code = SecretToken.Generate();
        var grant = Build(await AddSessionAsync(test), code);

        await test.WithAsync(s => new Grants(s.Db).AddAsync(grant, Entry(JournalEvent.CodeIssued), Ct));

        Assert.Equal(grant.Id, (await test.WithAsync(s => new Grants(s.Db).FindByCodeAsync(code.Value, Ct)))?.Grant.Id);
        Assert.Single(await test.JournalAsync(JournalEvent.CodeIssued));
    }

    [Theory]
    [InlineData(30, 240)] // no activity for 30 minutes
    [InlineData(240, 30)] // the certificate of the card ends
    public async Task Code_and_tokens_end_at_the_first_of_the_two_ends_of_their_session(int idleMinutes, int lifeMinutes)
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await AddSessionAsync(test, TimeSpan.FromMinutes(idleMinutes), TimeSpan.FromMinutes(lifeMinutes));
        var (waiting, active) = (await AddAsync(test, session), await AddActiveAsync(test, session));
        var end = Now.AddMinutes(30);

        Assert.True((await FindAsync(test, waiting)).IsRedeemableAt(end.AddTicks(-1)));
        Assert.False((await FindAsync(test, waiting)).IsRedeemableAt(end));
        Assert.True((await FindAsync(test, active)).IsActiveAt(end.AddTicks(-1)));
        Assert.False((await FindAsync(test, active)).IsActiveAt(end));
    }

    [Fact]
    public async Task A_code_is_not_redeemable_once_its_session_has_ended_or_its_holder_is_delisted()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (ended, other) = (await AddSessionAsync(test), await AddSessionAsync(test));
        var (grant, left) = (await AddAsync(test, ended), await AddAsync(test, other));

        await test.WithAsync(s => s.Sessions.EndAsync(ended.Id, SessionEndReason.SignedOut, test.Computer, Now, Ct));
        Assert.False((await FindAsync(test, grant)).IsRedeemableAt(Now));
        Assert.True((await FindAsync(test, left)).IsRedeemableAt(Now));

        await test.WithAsync(s => s.Db.Practitioners.ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, Now), Ct));
        Assert.False((await FindAsync(test, left)).IsRedeemableAt(Now));
    }

    [Fact]
    public async Task Redeeming_rotating_and_ending_one_grant_leaves_the_others_of_its_session_alone()
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await AddSessionAsync(test);
        var (waiting, active, one) = (await AddAsync(test, session), await AddActiveAsync(test, session), await AddAsync(test, session));

        Assert.True(await RedeemAsync(test, one));
        Assert.True(await test.WithAsync(s => new Grants(s.Db).RotateAsync(one.Id, 0, Ct)));
        await test.WithAsync(s => new Grants(s.Db).EndAsync(one.Id, Entry(JournalEvent.CodeReplayed), Ct));

        Assert.Equal((GrantStatus.Ended, 1), await StateAsync(test, one));
        Assert.Equal((GrantStatus.CodeIssued, 0), await StateAsync(test, waiting));
        Assert.Equal((GrantStatus.Active, 0), await StateAsync(test, active));
    }

    [Fact]
    public async Task A_token_without_a_grant_is_revoked_by_its_own_identifier_alone()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (revoked, other) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.False(await IsRevokedAsync(test, revoked));

        await test.WithAsync(s => new Grants(s.Db).RevokeTokenAsync(revoked, Now.AddMinutes(2), Entry(JournalEvent.TokenRevoked), Ct));

        Assert.True(await IsRevokedAsync(test, revoked));
        Assert.False(await IsRevokedAsync(test, other));
    }

    [Fact]
    public async Task The_end_of_an_e_CPS_ends_the_sessions_and_grants_that_it_opened_and_no_others()
    {
        await using var test = await HolderFixture.CreateAsync();
        var eCps = await test.AddECpsAsync();
        var byPhone = new[] { await AddSessionAsync(test, eCps: eCps.Id), await AddSessionAsync(test, eCps: eCps.Id) };
        var byCard = await AddSessionAsync(test);
        var (waiting, active, kept) = (await AddAsync(test, byPhone[0]), await AddActiveAsync(test, byPhone[1]), await AddActiveAsync(test, byCard));

        await test.WithAsync(async s =>
        {
            await s.Sessions.EndOfECpsAsync(eCps.Id, test.Phone, Now.AddMinutes(1), Ct);
            await s.Db.SaveChangesAsync(Ct);
        });

        Assert.Equal((GrantStatus.Ended, 0), await StateAsync(test, waiting));
        Assert.Equal((GrantStatus.Ended, 0), await StateAsync(test, active));
        Assert.Equal((GrantStatus.Active, 0), await StateAsync(test, kept));
        Assert.Null((await FindAsync(test, kept)).SessionEndedAt);
        var journal = await test.JournalAsync(JournalEvent.SessionEnded);
        Assert.Equal(byPhone.Select(session => (Guid?)session.Id).Order(), journal.Select(entry => entry.SessionId).Order());
        Assert.All(journal, entry => Assert.Equal(("ECpsDeactivated", test.Phone.Browser), (entry.Detail, entry.Browser)));
    }

    private static Task<Session> AddSessionAsync(HolderFixture test, TimeSpan? idle = null, TimeSpan? lifetime = null, Guid? eCps = null) =>
        test.AddAsync(new Session
        {
            Id = Guid.NewGuid(),
            PractitionerId = test.Practitioner.Id,
            NationalId = test.Practitioner.NationalId,
            CookieHash = SecretToken.Generate().Hash,
            AuthMode = eCps is null ? AuthMode.Card : AuthMode.Mobile,
            AuthenticatedAt = Now,
            ExpiresAt = Now + (lifetime ?? TimeSpan.FromHours(4)),
            IdleExpiresAt = Now + (idle ?? TimeSpan.FromMinutes(30)),
            UserAgentHash = test.Computer.UserAgentHash,
            ECpsId = eCps,
        });

    private static Task<Grant> AddAsync(HolderFixture test, Session session) => test.AddAsync(Build(session, SecretToken.Generate()));

    private static async Task<Grant> AddActiveAsync(HolderFixture test, Session session)
    {
        var grant = await AddAsync(test, session);
        Assert.True(await RedeemAsync(test, grant));
        return grant;
    }

    private static Grant Build(Session session, SecretToken code) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = session.Id,
        ClientId = "client",
        Scope = "openid",
        RedirectUri = "https://rp.example.org/",
        Acr = "eidas1",
        AuthLevel = 1,
        CodeHash = code.Hash,
        CodeExpiresAt = Now.AddHours(1),
        CreatedAt = Now,
        ExpiresAt = session.ExpiresAt,
    };

    private static JournalEntry Entry(JournalEvent what) => new() { At = Now, Event = what, Outcome = JournalOutcome.Success };

    private static Task<bool> RedeemAsync(HolderFixture test, Grant grant) => test.WithAsync(s => new Grants(s.Db).RedeemCodeAsync(grant.Id, Ct));

    private static Task<bool> IsRevokedAsync(HolderFixture test, Guid jti) => test.WithAsync(s => new Grants(s.Db).IsRevokedAsync(jti));

    private static async Task<LiveGrant> FindAsync(HolderFixture test, Grant grant) =>
        (await test.WithAsync(s => new Grants(s.Db).FindAsync(grant.Id, Guid.Empty, Ct)))!;

    private static async Task<(GrantStatus Status, int Generation)> StateAsync(HolderFixture test, Grant grant)
    {
        var found = (await FindAsync(test, grant)).Grant;
        Assert.Equal(grant.Id, found.Id);
        return (found.Status, found.Generation);
    }
}
