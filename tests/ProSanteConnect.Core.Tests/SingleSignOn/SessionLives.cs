using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Core.Tests.Devices;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.SingleSignOn;

/// <summary>From the cookie of a session to its end.</summary>
public sealed class SessionLives
{
    private const string Cookie = "the cookie of the session";

    private static readonly DateTimeOffset Now = HolderFixture.Start;

    private static CancellationToken Ct => HolderFixture.Ct;

    [Fact]
    public async Task A_cookie_finds_its_session_in_the_browser_that_signed_in_alone()
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await AddAsync(test);

        Assert.Equal(session.Id, (await FindAsync(test, Now))?.Id);
        Assert.Null(await FindAsync(test, Now, context: test.Phone));
        foreach (var cookie in new[] { null, "", "another cookie" }) Assert.Null(await FindAsync(test, Now, cookie));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Another_address_finds_the_session_unless_sessions_are_bound_to_addresses(bool bound, bool isFound)
    {
        await using var test = await HolderFixture.CreateAsync();
        await AddAsync(test);
        test.SignInOptions.BindSessionToAddress = bound;

        Assert.NotNull(await FindAsync(test, Now));
        Assert.Equal(isFound, await FindAsync(test, Now, context: test.Computer with { IpAddress = "198.51.100.7" }) is not null);
    }

    [Theory]
    [InlineData(30, 240)] // no activity for 30 minutes
    [InlineData(240, 30)] // the certificate of the card ends
    public async Task A_session_ends_at_the_first_of_its_two_ends(int idleMinutes, int lifeMinutes)
    {
        await using var test = await HolderFixture.CreateAsync();
        await AddAsync(test, idle: TimeSpan.FromMinutes(idleMinutes), lifetime: TimeSpan.FromMinutes(lifeMinutes));

        Assert.Null(await FindAsync(test, Now.AddMinutes(30)));
        Assert.NotNull(await FindAsync(test, Now.AddMinutes(30).AddTicks(-1)));
    }

    [Fact]
    public async Task A_session_is_not_found_once_the_directory_stopped_listing_its_holder()
    {
        await using var test = await HolderFixture.CreateAsync();
        await AddAsync(test);
        await test.WithAsync(s => s.Db.Practitioners.ExecuteUpdateAsync(set => set.SetProperty(p => p.DelistedAt, Now), Ct));

        Assert.Null(await FindAsync(test, Now));
    }

    [Fact]
    public async Task Activity_moves_the_idle_end_at_most_once_a_minute()
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await AddAsync(test);

        await FindAsync(test, Now.AddSeconds(59));
        Assert.Equal(Now.AddMinutes(30), (await ReadAsync(test, session)).IdleExpiresAt);

        await FindAsync(test, Now.AddSeconds(60));
        Assert.Equal(Now.AddMinutes(31), (await ReadAsync(test, session)).IdleExpiresAt);
    }

    [Fact]
    public async Task Activity_moves_no_idle_end_back_none_of_another_session_and_none_of_an_ended_one()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, other) = (await AddAsync(test), await test.AddCardSessionAsync());

        await TouchAsync(test, session, Now.AddMinutes(10));
        await TouchAsync(test, session, Now.AddMinutes(5)); // a slower request that began before
        Assert.Equal(Now.AddMinutes(40), (await ReadAsync(test, session)).IdleExpiresAt);
        Assert.Equal(Now.AddMinutes(30), (await ReadAsync(test, other)).IdleExpiresAt);

        await EndAsync(test, session, SessionEndReason.SignedOut, Now.AddMinutes(11));
        await TouchAsync(test, session, Now.AddMinutes(12));
        Assert.Equal(Now.AddMinutes(40), (await ReadAsync(test, session)).IdleExpiresAt);
    }

    [Fact]
    public async Task A_session_ends_once_and_the_journal_says_from_where()
    {
        await using var test = await HolderFixture.CreateAsync();
        var (session, other) = (await AddAsync(test), await test.AddCardSessionAsync());

        Assert.True(await EndAsync(test, session, SessionEndReason.SignedOut, Now));
        Assert.False(await EndAsync(test, session, SessionEndReason.EndedByOperator, Now.AddMinutes(1)));

        var ended = await ReadAsync(test, session);
        Assert.Equal((Now, SessionEndReason.SignedOut), (ended.EndedAt!.Value, ended.EndReason!.Value));
        Assert.Null(await FindAsync(test, Now));
        Assert.Null((await ReadAsync(test, other)).EndedAt);
        var entry = Assert.Single(await test.JournalAsync(JournalEvent.SessionEnded));
        Assert.Equal((Now, "SignedOut", session.Id), (entry.At, entry.Detail, entry.SessionId));
        Assert.Equal((test.Practitioner.Id, test.Computer.IpAddress, test.Computer.Browser), (entry.PractitionerId, entry.IpAddress, entry.Browser));
    }

    [Fact]
    public async Task An_operator_ends_all_sessions_of_one_practitioner_and_of_nobody_else()
    {
        await using var test = await HolderFixture.CreateAsync();
        var colleague = await test.AddAsync(Build.Practitioner("898765000025"));
        var sessions = new[] { await AddAsync(test), await test.AddCardSessionAsync() };
        var other = await AddAsync(test, cookie: "a colleague's", practitionerId: colleague.Id);

        Assert.True(await EndAllAsync(test, test.Practitioner.Id));
        Assert.False(await EndAllAsync(test, test.Practitioner.Id));

        foreach (var session in sessions) Assert.Equal(SessionEndReason.EndedByOperator, (await ReadAsync(test, session)).EndReason);
        Assert.Null((await ReadAsync(test, other)).EndedAt);
        var journal = await test.JournalAsync(JournalEvent.SessionEnded);
        Assert.Equal(sessions.Select(session => (Guid?)session.Id).Order(), journal.Select(entry => entry.SessionId).Order());
        Assert.All(journal, entry => Assert.Equal(("", ""), (entry.IpAddress, entry.Browser)));
    }

    [Fact]
    public async Task The_portal_lists_the_living_sessions_the_newest_first_with_the_services_they_are_signed_in_to()
    {
        await using var test = await HolderFixture.CreateAsync();
        var colleague = await test.AddAsync(Build.Practitioner("898765000025"));
        var older = await AddAsync(test, cookie: "older", at: Now.AddMinutes(-5));
        var newer = await AddAsync(test, cookie: "newer");
        await AddAsync(test, cookie: "idle for too long", idle: TimeSpan.FromMinutes(1));
        await AddAsync(test, cookie: "beyond its lifetime", lifetime: TimeSpan.FromMinutes(1));
        await EndAsync(test, await AddAsync(test, cookie: "ended"), SessionEndReason.SignedOut, Now);
        await AddAsync(test, cookie: "of a colleague", practitionerId: colleague.Id);
        var names = new Dictionary<string, string> { ["2"] = "Agenda", ["1"] = "Télésanté", ["3"] = "Dossier", ["4"] = "Ordonnances" };
        foreach (var client in new[] { "1", "2", "2", "not registered" }) await AddGrantAsync(test, newer, client, redeemed: true);
        await AddGrantAsync(test, older, "3", redeemed: true);
        await AddGrantAsync(test, older, "4", redeemed: false);

        var open = await test.WithAsync(s => s.Sessions.ListOpenAsync(test.Practitioner.Id, names.GetValueOrDefault, Now.AddMinutes(1), Ct));

        Assert.Equal([newer.Id, older.Id], open.Select(one => one.Session.Id));
        Assert.Equal(["Agenda", "Télésanté"], open[0].Applications);
        Assert.Equal(["Dossier"], open[1].Applications);
    }

    [Fact]
    public async Task A_sign_in_is_fresh_until_and_with_the_last_instant_of_its_time()
    {
        await using var test = await HolderFixture.CreateAsync();
        var session = await AddAsync(test);

        Assert.True(session.IsFreshAt(Now.AddMinutes(5), TimeSpan.FromMinutes(5)));
        Assert.False(session.IsFreshAt(Now.AddMinutes(5).AddTicks(1), TimeSpan.FromMinutes(5)));
    }

    private static Task<Session> AddAsync(
        HolderFixture test, string cookie = Cookie, DateTimeOffset? at = null, TimeSpan? idle = null, TimeSpan? lifetime = null, long? practitionerId = null) =>
        test.AddAsync(new Session
        {
            Id = Guid.NewGuid(),
            PractitionerId = practitionerId ?? test.Practitioner.Id,
            NationalId = test.Practitioner.NationalId,
            CookieHash = SecretToken.HashOf(cookie),
            AuthMode = AuthMode.Card,
            AuthenticatedAt = at ?? Now,
            ExpiresAt = Now + (lifetime ?? TimeSpan.FromHours(4)),
            IdleExpiresAt = Now + (idle ?? TimeSpan.FromMinutes(30)),
            IpAddress = test.Computer.IpAddress,
            UserAgentHash = test.Computer.UserAgentHash,
        });

    private static async Task AddGrantAsync(HolderFixture test, Session session, string client, bool redeemed)
    {
        var grant = await test.AddAsync(new Grant
        {
            Id = Guid.NewGuid(),
            SessionId = session.Id,
            ClientId = client,
            Scope = "openid",
            RedirectUri = "https://rp.example.org/",
            Acr = "eidas1",
            AuthLevel = 1,
            CodeHash = SecretToken.Generate().Hash,
            CodeExpiresAt = Now.AddMinutes(1),
            CreatedAt = Now,
            ExpiresAt = session.ExpiresAt,
        });
        if (redeemed) await test.WithAsync(s => new Grants(s.Db).RedeemCodeAsync(grant.Id, Ct));
    }

    private static Task<Session?> FindAsync(HolderFixture test, DateTimeOffset now, string? cookie = Cookie, ClientContext? context = null) =>
        test.WithAsync(s => s.Sessions.FindAsync(cookie, context ?? test.Computer, now, test.SignInOptions, Ct));

    private static Task TouchAsync(HolderFixture test, Session session, DateTimeOffset now) =>
        test.WithAsync(s => s.Sessions.TouchAsync(session.Id, session.IdleExpiresAt, now, test.SignInOptions, Ct));

    private static Task<bool> EndAsync(HolderFixture test, Session session, SessionEndReason reason, DateTimeOffset now) =>
        test.WithAsync(s => s.Sessions.EndAsync(session.Id, reason, test.Computer, now, Ct));

    private static Task<bool> EndAllAsync(HolderFixture test, long practitionerId) =>
        test.WithAsync(s => s.Sessions.EndAllAsync(practitionerId, SessionEndReason.EndedByOperator, context: null, Now, Ct));

    private static Task<Session> ReadAsync(HolderFixture test, Session session) =>
        test.ReadAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == session.Id, Ct));
}
