using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Devices;
using ProSanteConnect.Core.Enrolment;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Devices;

/// <summary>
/// A database with one practitioner, and every service that leads from a card to a sign-in by phone. Each call has a context of
/// its own, as each request to a node has.
/// </summary>
internal sealed class HolderFixture : IAsyncDisposable
{
    public const int Callers = 50;
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private HolderFixture(TestDatabase database) => Database = database;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The default of a local run; a long run sets <c>PSC_TEST_ROUNDS=200</c>.</summary>
    public static int Rounds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PSC_TEST_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 3;

    public TestDatabase Database { get; }
    public Practitioner Practitioner { get; private set; } = null!;
    public RecordingNotifier Notices { get; } = new();
    public ClientContext Computer { get; } = Build.Browser();
    public ClientContext Phone { get; } = Build.Browser("Chrome sous Android");
    public ECpsOptions ECpsOptions { get; } = new();
    public ActivationOptions ActivationOptions { get; } = new();
    public ApprovalOptions ApprovalOptions { get; } = new();
    public KnownBrowserOptions KnownBrowserOptions { get; } = new();
    public SignInOptions SignInOptions { get; } = new();

    public static async Task<HolderFixture> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var test = new HolderFixture(await TestDatabase.CreateAsync(provider));
        test.Practitioner = await test.AddAsync(Build.Practitioner());
        return test;
    }

    public async Task<T> AddAsync<T>(T entity)
        where T : class
    {
        await using var db = Database.Open();
        db.Add(entity);
        await db.SaveChangesAsync(Ct);
        return entity;
    }

    /// <summary>An active e-CPS whose phone has a push subscription.</summary>
    public async Task<ECps> AddECpsAsync(DateTimeOffset? activatedAt = null, DateTimeOffset? expiresAt = null)
    {
        var eCps = await AddAsync(Build.ECps(Practitioner, activatedAt ?? Start, expiresAt));
        await WithAsync(s => s.Subscriptions.SubscribeAsync(eCps.Id, new PushSubscription("https://push.example.org/1", "key", "auth"), Ct));
        return eCps;
    }

    public async Task<T> WithAsync<T>(Func<Services, Task<T>> call)
    {
        await using var db = Database.Open();
        return await call(new Services(db, this));
    }

    public Task WithAsync(Func<Services, Task> call) => WithAsync(async services =>
    {
        await call(services);
        return true;
    });

    public Task<T> ReadAsync<T>(Func<PscDb, Task<T>> read) => WithAsync(services => read(services.Db));

    public Task<ECps> ReadAsync(ECps eCps) => ReadAsync(db => db.ECps.AsNoTracking().SingleAsync(e => e.Id == eCps.Id, Ct));

    public Task<Activation> ReadAsync(Activation activation) =>
        ReadAsync(db => db.Activations.AsNoTracking().SingleAsync(a => a.Id == activation.Id, Ct));

    public Task<ApprovalRequest> ReadAsync(ApprovalRequest request) =>
        ReadAsync(db => db.ApprovalRequests.AsNoTracking().SingleAsync(a => a.Id == request.Id, Ct));

    public Task<List<JournalEntry>> JournalAsync(JournalEvent what) =>
        ReadAsync(db => db.Journal.AsNoTracking().Where(e => e.Event == what).OrderBy(e => e.Id).ToListAsync(Ct));

    /// <summary>Starts a number of calls at the same moment, each with its own thread and context.</summary>
    public async Task<T[]> AtOnceAsync<T>(Func<int, Services, Task<T>> call, int callers = Callers)
    {
        using var start = new Barrier(callers);
        return await Task.WhenAll(Enumerable.Range(0, callers).Select(number => Task.Factory.StartNew(
            () => WithAsync(services =>
            {
                start.SignalAndWait(Ct);
                return call(number, services);
            }),
            Ct,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    /// <summary>A session that a card opened.</summary>
    public Task<Session> AddCardSessionAsync(DateTimeOffset? at = null) => AddAsync(new Session
    {
        Id = Guid.NewGuid(),
        PractitionerId = Practitioner.Id,
        NationalId = Practitioner.NationalId,
        CookieHash = SecretToken.Generate().Hash,
        AuthMode = AuthMode.Card,
        AuthenticatedAt = at ?? Start,
        ExpiresAt = (at ?? Start).AddHours(4),
        IdleExpiresAt = (at ?? Start).AddMinutes(30),
        UserAgentHash = Computer.UserAgentHash,
        CardNumber = "8025000001/2600004186",
    });

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    internal sealed class Services(PscDb db, HolderFixture test)
    {
        public PscDb Db { get; } = db;
        public Sessions Sessions { get; } = new(db);
        public SignInRequests SignIns { get; } = new(db, test.Notices);
        public KnownBrowsers Browsers { get; } = new(db, test.KnownBrowserOptions);
        public Activations Activations { get; } = new(db, TestKeys.Master, test.ActivationOptions, test.Notices);
        public Ceremonies Ceremonies { get; } = new(db, TestKeys.Master, test.ECpsOptions);
        public ECpsDeactivation Deactivation { get; } = new(db, new Sessions(db), test.Notices);
        public ECpsRenewal Renewal { get; } = new(db, test.ECpsOptions, test.Notices);
        public DeviceTokens Tokens { get; } = new(db, test.ECpsOptions);
        public PushSubscriptions Subscriptions { get; } = new(db, TestKeys.Master);
        public ECpsPins Pins => new(Db, new PinHasher(TestKeys.Master), Deactivation, test.ECpsOptions, TimeProvider.System);
        public ECpsActivation Activation =>
            new(Db, Deactivation, Tokens, Pins, new PinHasher(TestKeys.Master), test.ECpsOptions, test.Notices);

        public ApprovalRequests Approvals => new(Db, SignIns, Browsers, Pins, Subscriptions, test.ApprovalOptions, test.Notices);
        public Repudiation Repudiation => new(Db, SignIns, Sessions, Browsers);
    }
}
