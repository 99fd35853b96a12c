using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server.Operation.Cleaning;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class Cleaning
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_is_alive_stays_and_what_has_expired_goes(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database, rounds: 3);
        _clock.Advance(TimeSpan.FromHours(5));
        await FillAsync(database, rounds: 2);

        var removed = await RemoveAsync(database);

        // In each round: a request, a session with its grant, a token, a counter.
        Assert.Equal(3 * 4, removed);
        await using var db = database.Open();
        Assert.Equal(2, await db.SignInRequests.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await db.Sessions.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await db.Grants.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await db.RevokedTokens.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await db.RateLimitCounters.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(5, await db.Journal.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_an_e_CPS_leaves_behind_goes_in_its_time(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        var practitioner = Build.Practitioner();
        db.Add(practitioner);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        db.Add(Build.ECps(practitioner, Start, expiresAt: Start.AddDays(10)));
        db.Add(new Ceremony { Id = Guid.NewGuid(), Purpose = CeremonyPurpose.Approve, Subject = Guid.NewGuid(), SealedState = [1], ExpiresAt = Start });
        db.Add(new ApprovalFreeze { PractitionerId = practitioner.Id, Until = Start });
        db.Add(new KnownBrowser { TokenHash = SecretToken.Generate().Hash, PractitionerId = 1, FirstSeenAt = Start, LastSeenAt = Start, ExpiresAt = Start });
        db.Add(new KnownBrowser { TokenHash = SecretToken.Generate().Hash, PractitionerId = 1, FirstSeenAt = Start, LastSeenAt = Start, ExpiresAt = Start.AddDays(500) });
        db.Add(new ApprovalRequest { Id = Guid.NewGuid(), Number = "42", Origin = "https://wallet.example.org", CreatedAt = Start, ExpiresAt = Start, ChangedAt = Start });
        db.Add(new Activation
        {
            Id = Guid.NewGuid(),
            Mode = ActivationMode.Card,
            PractitionerId = practitioner.Id,
            CreatedAt = Start,
            ExpiresAt = Start,
            QrCodeHash = SecretToken.Generate().Hash,
            PollSeconds = 2,
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await RemoveAsync(database)); // the freeze and a browser
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await RemoveAsync(database)); // the ceremony
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await RemoveAsync(database)); // the request and the activation
        _clock.Advance(TimeSpan.FromDays(373));
        Assert.Equal(0, await RemoveAsync(database));
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await RemoveAsync(database)); // the e-CPS, a year after its end

        Assert.Equal(1, await db.KnownBrowsers.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_session_that_idled_or_was_ended_goes_with_its_grants_after_ten_minutes()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (idle, ended, alive) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await using (var db = database.Open())
        {
            db.AddRange(Session(idle, idleFor: TimeSpan.FromMinutes(30)), Session(ended), Session(alive));
            db.AddRange(Grant(idle), Grant(ended), Grant(alive));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.Sessions.Where(s => s.Id == ended).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.EndedAt, Start.AddMinutes(30)), TestContext.Current.CancellationToken);
            await db.Grants.ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantStatus.Active), TestContext.Current.CancellationToken);
        }

        _clock.Advance(TimeSpan.FromMinutes(39));
        Assert.Equal(0, await RemoveAsync(database));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await RemoveAsync(database));

        await using var reader = database.Open();
        Assert.Equal(alive, (await reader.Sessions.SingleAsync(TestContext.Current.CancellationToken)).Id);
        Assert.Equal(alive, (await reader.Grants.SingleAsync(TestContext.Current.CancellationToken)).SessionId);
    }

    [Fact]
    public async Task A_code_that_nobody_redeemed_goes_while_its_session_lives()
    {
        await using var database = await TestDatabase.CreateAsync();
        var session = Guid.NewGuid();
        await using (var db = database.Open())
        {
            db.AddRange(Session(session), Grant(session));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await RemoveAsync(database));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await RemoveAsync(database));

        await using var reader = database.Open();
        Assert.Empty(await reader.Grants.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Single(await reader.Sessions.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(364, 1)]
    [InlineData(366, 0)]
    [Trait("Requirement", "ASVS-14.2.7")]
    public async Task The_journal_keeps_an_event_for_its_retention_and_no_longer(int days, int kept)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        db.Journal.Record(JournalEvent.SessionOpened, JournalOutcome.Success, Start, context: null);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromDays(days));

        await RemoveAsync(database);

        Assert.Equal(kept, await db.Journal.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Nodes_that_clean_at_once_in_small_batches_remove_everything_without_a_quarrel(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database, rounds: 95);
        _clock.Advance(TimeSpan.FromDays(2));

        var cleaning = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => RemoveAsync(database, new CleaningOptions { BatchSize = 10 }))));
        while (!cleaning.IsCompleted)
        {
            // Ends the pauses between the batches.
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await cleaning;

        await using var db = database.Open();
        Assert.False(await db.SignInRequests.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.Sessions.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.Grants.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.RevokedTokens.AnyAsync(TestContext.Current.CancellationToken));
        Assert.False(await db.RateLimitCounters.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Over_a_week_of_sign_ins_the_tables_stay_as_small_as_what_is_alive()
    {
        await using var database = await TestDatabase.CreateAsync();
        var largest = 0;
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            await FillAsync(database, rounds: 2);
            _clock.Advance(TimeSpan.FromHours(1));
            await RemoveAsync(database);
            await using var db = database.Open();
            var rows = await db.Sessions.CountAsync(TestContext.Current.CancellationToken) + await db.Grants.CountAsync(TestContext.Current.CancellationToken)
                + await db.SignInRequests.CountAsync(TestContext.Current.CancellationToken) + await db.RevokedTokens.CountAsync(TestContext.Current.CancellationToken)
                + await db.RateLimitCounters.CountAsync(TestContext.Current.CancellationToken);
            largest = Math.Max(largest, rows);
        }

        // A session lives four hours at most, and carries one grant here.
        Assert.InRange(largest, 1, 2 * 4 * 2);
    }

    [Fact]
    public async Task It_runs_by_itself_by_the_clock_and_goes_on_after_a_failing_database()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, rounds: 1);
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER full BEFORE DELETE ON SignInRequests BEGIN SELECT RAISE(ABORT, 'disk full'); END", TestContext.Current.CancellationToken);
        await using var host = await OperationHost.StartAsync(
            _ => { }, database.Options, services: services => services.AddSingleton<TimeProvider>(_clock));

        await EventuallyAsync(() => Task.FromResult(host.Log.Lines.Any(line => line.Text.StartsWith("Expired rows stay", StringComparison.Ordinal))));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER full", TestContext.Current.CancellationToken);
        await EventuallyAsync(async () => !await db.RateLimitCounters.AnyAsync(TestContext.Current.CancellationToken));

        Assert.False(await db.SignInRequests.AnyAsync(TestContext.Current.CancellationToken));
    }

    // Advances the clock by an hour at a time until the condition holds.
    private async Task EventuallyAsync(Func<Task<bool>> happened)
    {
        for (var hour = 0; hour < 200; hour++)
        {
            if (await happened()) return;

            _clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen in 200 hours.");
    }

    private async Task FillAsync(TestDatabase database, int rounds)
    {
        var now = _clock.GetUtcNow();
        await using var db = database.Open();
        for (var i = 0; i < rounds; i++)
        {
            var session = Guid.NewGuid();
            db.AddRange(Session(session), Grant(session));
            db.Add(new SignInRequest
            {
                Id = Guid.NewGuid(),
                Continuation = "/mon-compte",
                BrowserHash = SecretToken.Generate().Hash,
                CreatedAt = now,
                ExpiresAt = now.AddMinutes(15),
            });
            db.Add(new RevokedToken { Jti = Guid.NewGuid(), ExpiresAt = now.AddMinutes(2) });
            db.Add(new RateLimitCounter { Key = $"test:{Guid.NewGuid()}", WindowEndsAt = now.AddMinutes(1), Count = 1 });
            db.Journal.Record(JournalEvent.SessionOpened, JournalOutcome.Success, now, context: null, sessionId: session);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await db.Grants.Where(g => g.Status == GrantStatus.CodeIssued)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.Status, GrantStatus.Active), TestContext.Current.CancellationToken);
    }

    private Session Session(Guid id, TimeSpan? idleFor = null) => new()
    {
        Id = id,
        PractitionerId = 1,
        NationalId = "899700218896",
        CookieHash = SecretToken.Generate().Hash,
        AuthMode = AuthMode.Card,
        AuthenticatedAt = _clock.GetUtcNow(),
        ExpiresAt = _clock.GetUtcNow().AddHours(4),
        IdleExpiresAt = _clock.GetUtcNow() + (idleFor ?? TimeSpan.FromHours(4)),
        UserAgentHash = [],
    };

    private Grant Grant(Guid session) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = session,
        ClientId = "hospital",
        Scope = "openid",
        RedirectUri = "https://client.example/cb",
        Acr = "eidas1",
        AuthLevel = 1,
        CodeHash = SecretToken.Generate().Hash,
        CodeExpiresAt = _clock.GetUtcNow().AddMinutes(1),
        CreatedAt = _clock.GetUtcNow(),
        ExpiresAt = _clock.GetUtcNow().AddHours(4),
    };

    private Task<int> RemoveAsync(TestDatabase database, CleaningOptions? options = null) => new ExpiredRows(
            database.Factory,
            Options.Create(options ?? new CleaningOptions()),
            _clock,
            new Shared.Telemetry.PscMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()))
        .RemoveAsync(TestContext.Current.CancellationToken);
}
