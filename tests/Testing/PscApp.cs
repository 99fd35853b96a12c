using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Core.SingleSignOn;
using ProSanteConnect.Server;
using ProSanteConnect.Server.Protocol.Tokens;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Testing.Cards;

namespace ProSanteConnect.Testing;

/// <summary>
/// The whole provider in memory, as it runs in production, over a database of its own and a clock that the test turns.
/// </summary>
public sealed class PscApp : IAsyncDisposable
{
    public const string Origin = "https://psc.test";
    public const string Issuer = Origin + "/auth/realms/esante-wallet";

    private static readonly DateTimeOffset Start = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<SigningKey>> FirstKey = new(MakeKeyAsync);

    private readonly WebApplication _app;
    private readonly Action<WebApplicationBuilder>? _configure;
    private readonly bool _ownsDatabase;

    private PscApp(TestDatabase database, FakeTimeProvider clock, Action<WebApplicationBuilder>? configure, bool ownsDatabase)
    {
        _app = Build(database, clock, configure);
        _configure = configure;
        _ownsDatabase = ownsDatabase;
        Database = database;
        Clock = clock;
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    /// <summary>Where the practitioner's pages are: the issuer's own origin, unless a test has configured another.</summary>
    public string Wallet => _app.Configuration["Origins:Wallet"] ?? Origin;

    public static async Task<PscApp> StartAsync(
        DatabaseProvider? provider = null, Action<WebApplicationBuilder>? configure = null)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeTimeProvider(Start);
        await AddKeyAsync(database);
        var app = new PscApp(database, clock, configure, ownsDatabase: true);
        await app._app.StartAsync();
        return app;
    }

    /// <summary>A second node over the same database.</summary>
    public async Task<PscApp> JoinAsync()
    {
        var app = new PscApp(Database, Clock, _configure, ownsDatabase: false);
        await app._app.StartAsync();
        return app;
    }

    /// <summary>A client without cookies, at the issuer's own address or at another that the provider answers.</summary>
    public HttpClient Http(string origin = Origin)
    {
        var client = new HttpClient(Server.CreateHandler()) { BaseAddress = new Uri(origin) };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Browser.UserAgent);
        return client;
    }

    public Browser NewBrowser() => new(this);

    public async Task<Practitioner> AddAsync(Practitioner practitioner)
    {
        await using var db = Database.Open();
        practitioner.UpdatedAt = Clock.GetUtcNow();
        db.Add(practitioner);
        await db.SaveChangesAsync();
        return practitioner;
    }

    public async Task<Client> AddAsync(Client client)
    {
        await using var db = Database.Open();
        db.Add(client);
        (await db.Revisions.FindAsync(Revision.Clients))!.Number++;
        await db.SaveChangesAsync();
        await RefreshAsync();
        return client;
    }

    /// <summary>Lets this node see what was changed, without waiting for its tick.</summary>
    public Task RefreshAsync() => Services.GetRequiredService<Snapshots>().RunAsync(CancellationToken.None);

    /// <summary>Completes a sign-in request as a means does, and returns the address to which the browser is redirected.</summary>
    public async Task<string> ApproveAsync(Guid signInRequestId, Practitioner practitioner, DateTimeOffset? cardExpiresAt = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var handover = await scope.ServiceProvider.GetRequiredService<SignInRequests>().ApproveAsync(
            signInRequestId,
            new IdentityProof(practitioner.Id, AuthMode.Card, "8025000001/2600000001", cardExpiresAt),
            Clock.GetUtcNow(),
            CancellationToken.None);
        return handover is null
            ? throw new InvalidOperationException("The request is over.")
            : ProSanteConnect.Server.SignIn.SignInContinuation.UrlFor(signInRequestId, handover);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDatabase) await Database.DisposeAsync();
    }

    // Making an RSA key is most of what a start costs, so that all apps of a test process share one.
    private static async Task<SigningKey> MakeKeyAsync()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await new KeyRotation(database.Factory, TestKeys.Master, new KeyOptions()).EnsureAsync(Start);
        await using var db = database.Open();
        return await db.SigningKeys.AsNoTracking().SingleAsync();
    }

    private static async Task AddKeyAsync(TestDatabase database)
    {
        var key = await FirstKey.Value;
        await using var db = database.Open();
        db.Add(key);
        (await db.Revisions.FindAsync(Revision.Keys))!.Number++;
        await db.SaveChangesAsync();
    }

    private static WebApplication Build(TestDatabase database, FakeTimeProvider clock, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerComposition).Assembly.GetName().Name,
            EnvironmentName = Environments.Development,
        });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        // To find the reason of a failing test.
        if (Environment.GetEnvironmentVariable("PSC_TEST_LOG") == "1") builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = database.Options.Provider.ToString(),
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Database:WaitForDisk"] = "false",
            ["Logs:Console"] = "false",
            // The clock stands still: all that a test does happens in one minute.
            ["RateLimits:SignInStartsPerAddressPerMinute"] = "100000",
            ["RateLimits:ClientFailuresPerMinute"] = "1000",
            ["RateLimits:ClientFailuresPerAddressPerMinute"] = "10000",
            ["Origins:Auth"] = Origin,
            ["Origins:Card"] = "https://carte.psc.test",
            // A busy machine must not look like a failing database; the deadline has tests of its own.
            ["Database:CommandTimeout"] = "00:00:30",
            ["Failures:RequestDeadline"] = "00:01:00",
            // The clock stands still: nothing waits on it.
            ["MinimumResponseTime:Directory"] = "00:00:00",
            ["MinimumResponseTime:Approval"] = "00:00:00",
            ["Card:TrustedAuthorities:0"] = AuthorityFileFixture.Path,
            ["Card:PolicyOids:0"] = "1.2.250.1.213.1.7.2.1.1.1.1",
        });
        configure?.Invoke(builder);
        builder.AddServer();
        builder.Services.AddConfiguredOrigins();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.Replace(ServiceDescriptor.Singleton(TestKeys.Master));
        var app = builder.Build();
        app.UseServer();
        return app;
    }
}
