using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server;
using ProSanteConnect.Server.Protocol.Engine;
using ProSanteConnect.Server.Protocol.Origins;
using ProSanteConnect.Testing.Cards;

namespace ProSanteConnect.Testing;

/// <summary>
/// The whole provider in memory, as it runs in production, over a database of its own and a clock that the test turns.
/// </summary>
public sealed class PscApp : IAsyncDisposable
{
    public const string Origin = "https://psc.test";
    public const string Issuer = Origin + "/auth/realms/esante-wallet";

    private readonly WebApplication _app;

    private PscApp(WebApplication app, TestDatabase database, FakeTimeProvider clock)
    {
        _app = app;
        Database = database;
        Clock = clock;
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    public static async Task<PscApp> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite, Action<WebApplicationBuilder>? configure = null)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero));
        var app = Build(database, clock, configure);
        await app.StartAsync();
        return new PscApp(app, database, clock);
    }

    /// <summary>A second node over the same database.</summary>
    public async Task<PscApp> JoinAsync()
    {
        var app = Build(Database, Clock, null);
        await app.StartAsync();
        return new PscApp(app, Database, Clock);
    }

    /// <summary>A client without cookies, at the provider's own address.</summary>
    public HttpClient Http()
    {
        var client = new HttpClient(Server.CreateHandler()) { BaseAddress = new Uri(Origin) };
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
        await Services.GetRequiredService<Snapshots>().RefreshAsync(CancellationToken.None);
        return client;
    }

    /// <summary>Approves a sign-in request as a door does, and returns the address to which it sends the browser back.</summary>
    public async Task<string> ApproveAsync(Guid demande, Practitioner practitioner, DateTimeOffset? cardExpiresAt = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var handover = await scope.ServiceProvider.GetRequiredService<SignInRequests>().ApproveAsync(
            demande,
            new IdentityProof(practitioner.Id, AuthMode.Card, "8025000001/2600000001", cardExpiresAt),
            Clock.GetUtcNow(),
            CancellationToken.None);
        return handover is null
            ? throw new InvalidOperationException("The request is over.")
            : ProSanteConnect.Server.SignIn.SignInContinuation.UrlFor(demande, handover);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
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
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = database.Options.Provider.ToString(),
            ["Database:ConnectionString"] = database.Options.ConnectionString,
            ["Origins:Auth"] = Origin,
            ["Origins:Card"] = "https://carte.psc.test",
            // A busy machine is no failing database; the deadline has tests of its own.
            ["Failures:RequestDeadline"] = "00:01:00",
            ["Card:TrustedAuthorities:0"] = AuthorityFileOfATest.Path,
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
