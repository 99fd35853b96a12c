using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Journal;
using ProSanteConnect.Core.Security;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Http;
using ProSanteConnect.Server.Shared.RateLimits;
using ProSanteConnect.Server.Shared.Telemetry;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class RateLimiting
{
    private static readonly RateLimit Ten = new("test", 10, TimeSpan.FromMinutes(1));
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 8, 0, 15, TimeSpan.Zero));

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Requirement", "R23")]
    public async Task Of_fifty_parallel_calls_on_two_nodes_exactly_ten_are_allowed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        RateLimiter[] nodes = [Node(database), Node(database)];

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => nodes[i % 2].CountAsync(Ten, "subject", TestContext.Current.CancellationToken))));

        Assert.Equal(10, results.OfType<RateLimitResult.Allowed>().Count());
        Assert.Single(results.OfType<RateLimitResult.Exceeded>(), exceeded => exceeded.IsFirst);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_new_window_begins_with_a_new_count(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var node = Node(database);
        for (var i = 0; i < 10; i++) Assert.IsType<RateLimitResult.Allowed>(await CountAsync(node, "subject"));

        var exceeded = Assert.IsType<RateLimitResult.Exceeded>(await CountAsync(node, "subject"));
        Assert.Equal(TimeSpan.FromSeconds(45), exceeded.RetryAfter);
        _clock.Advance(TimeSpan.FromSeconds(44));
        Assert.IsType<RateLimitResult.Exceeded>(await CountAsync(node, "subject"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<RateLimitResult.Allowed>(await CountAsync(node, "subject"));
    }

    [Fact]
    public async Task One_subject_does_not_use_up_the_limit_of_another()
    {
        await using var database = await TestDatabase.CreateAsync();
        var node = Node(database);
        for (var i = 0; i < 11; i++) await CountAsync(node, "loud");

        Assert.IsType<RateLimitResult.Exceeded>(await CountAsync(node, "loud"));
        Assert.IsType<RateLimitResult.Allowed>(await CountAsync(node, "quiet"));
    }

    [Fact]
    public async Task A_flood_over_the_limit_is_refused_without_touching_the_database()
    {
        await using var database = await TestDatabase.CreateAsync();
        var node = Node(database);

        for (var i = 0; i < 100; i++) await CountAsync(node, "flood");

        await using var db = database.Open();
        Assert.Equal(11, (await db.RateLimitCounters.SingleAsync(TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    [Trait("Requirement", "T24")]
    public async Task The_database_shows_no_address_and_no_identifier()
    {
        await using var database = await TestDatabase.CreateAsync();

        await CountAsync(Node(database), "192.0.2.7");

        await using var db = database.Open();
        var counter = await db.RateLimitCounters.SingleAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("test:", counter.Key, StringComparison.Ordinal);
        Assert.DoesNotContain("192", counter.Key["test:".Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", false)]
    [InlineData("192.0.2.7", "192.0.2.8", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", true)]
    public async Task A_subscriber_of_IPv6_is_one_subject_with_all_their_addresses(string first, string second, bool apart)
    {
        await using var database = await TestDatabase.CreateAsync();
        var node = Node(database);
        for (var i = 0; i < 10; i++) await node.CountAddressAsync(Ten, first, TestContext.Current.CancellationToken);

        var result = await node.CountAddressAsync(Ten, second, TestContext.Current.CancellationToken);

        Assert.Equal(apart, result is RateLimitResult.Allowed);
    }

    [Fact]
    public async Task The_network_of_a_hospital_may_be_exempted_from_the_limits_by_address()
    {
        await using var database = await TestDatabase.CreateAsync();
        var node = Node(database, new RateLimitOptions { ExemptNetworks = { "203.0.113.0/28" } });
        var one = new RateLimit("one", 1, TimeSpan.FromMinutes(1));

        for (var i = 0; i < 5; i++)
            Assert.IsType<RateLimitResult.Allowed>(await node.CountAddressAsync(one, "203.0.113.9", TestContext.Current.CancellationToken));

        Assert.IsType<RateLimitResult.Allowed>(await node.CountAddressAsync(one, "203.0.113.16", TestContext.Current.CancellationToken));
        Assert.IsType<RateLimitResult.Exceeded>(await node.CountAddressAsync(one, "203.0.113.16", TestContext.Current.CancellationToken));
    }

    [Fact]
    [Trait("Requirement", "ASVS-2.4.1")]
    public async Task A_program_over_the_limit_is_answered_429_with_JSON_and_the_time_to_wait()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await StartAsync(database, Ten with { Permits = 0 });

        using var response = await host.GetAsync("/auth/realms/esante-wallet/protocol/openid-connect/token", "*/*");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(45), response.Headers.RetryAfter?.Delta);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("temporarily_unavailable", json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_person_over_the_limit_is_shown_the_error_page_with_the_time_to_wait()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await StartAsync(database, new RateLimit("test", 0, TimeSpan.FromMinutes(10)));

        using var response = await host.GetAsync("/auth", "text/html");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        var page = await Page.ReadAsync(response);
        Assert.Equal("Trop de demandes.", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("10", page.QuerySelector("#erreur-conseil")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "ASVS-16.3.3")]
    public async Task The_journal_keeps_the_first_refusal_of_a_window_and_no_flood()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await StartAsync(database, Ten with { Permits = 0 });

        for (var i = 0; i < 3; i++) using (await host.GetAsync("/auth", "text/html")) { }

        await using var db = database.Open();
        var entry = await db.Journal.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(JournalEvent.RateLimitExceeded, entry.Event);
        Assert.Equal(JournalOutcome.Refused, entry.Outcome);
        Assert.Equal("test", entry.Detail);
        Assert.Equal("192.0.2.1", entry.IpAddress);
    }

    [Theory]
    [InlineData("RateLimits:ClientFailuresPerMinute", "2")]
    [InlineData("RateLimits:SignInStartsPerAddressPerMinute", "0")]
    [InlineData("RateLimits:ExemptNetworks:0", "hospital")]
    public async Task A_setting_out_of_its_range_stops_the_start(string key, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => OperationHost.StartAsync(_ => { }, settings: new Dictionary<string, string?> { [key] = value }));

    [Fact]
    public void The_statement_for_SQL_Server_is_well_formed()
    {
        using var reader = new StringReader(CounterSql.Merge.Replace("{0}", "@key", StringComparison.Ordinal).Replace("{1}", "@end", StringComparison.Ordinal));

        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);

        Assert.Empty(errors.Select(e => e.Message));
    }

    private Task<OperationHost> StartAsync(TestDatabase database, RateLimit limit) => OperationHost.StartAsync(
        app =>
        {
            app.UsePages();
            app.UseRouting();
            app.UseAntiforgery();
            app.MapPages();
            app.MapGet("/auth/{**rest}", async (HttpContext context, RateLimiter limiter, RateLimitRefusal refusal) =>
            {
                var result = await limiter.CountAddressAsync(limit, context.ClientAddress(), context.RequestAborted);
                await refusal.AnswerAsync(context, (RateLimitResult.Exceeded)result);
            });
        },
        database.Options,
        services: services => services.AddPages().AddSingleton<TimeProvider>(_clock));

    private RateLimiter Node(TestDatabase database, RateLimitOptions? options = null) => new(
        database.Factory,
        new MasterKey(new byte[MasterKey.Size]),
        Options.Create(options ?? new RateLimitOptions()),
        _clock,
        new PscMetrics(new Meters()));

    private static Task<RateLimitResult> CountAsync(RateLimiter node, string subject) =>
        node.CountAsync(Ten, subject, TestContext.Current.CancellationToken);

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
