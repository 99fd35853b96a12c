using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class Readiness
{
    private static readonly DatabaseOptions Nobody = new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Password=canary-secret",
    };

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task A_node_over_a_current_database_is_ready(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var host = await OperationHost.StartAsync(_ => { }, database.Options);

        using var first = await host.GetAsync("/health/ready", "*/*");
        using var second = await host.GetAsync("/health/ready", "*/*");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Each(await ChecksAsync(second), check => Assert.Equal("ok", check.Value));
    }

    [Fact]
    [Trait("Requirement", "R5")]
    public async Task A_node_without_its_database_lives_but_is_not_ready()
    {
        await using var host = await OperationHost.StartAsync(_ => { }, Nobody);
        var watch = Stopwatch.StartNew();

        using var ready = await host.GetAsync("/health/ready", "*/*");
        using var live = await host.GetAsync("/health/live", "*/*");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("no answer", (await ChecksAsync(ready))["database"]);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    [Trait("Requirement", "ASVS-16.5.1")]
    public async Task The_probe_tells_nothing_of_the_exception_or_the_connection()
    {
        await using var host = await OperationHost.StartAsync(_ => { }, Nobody);

        using var ready = await host.GetAsync("/health/ready", "*/*");

        var body = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("canary-secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_with_pending_migrations_is_not_ready_until_they_are_applied()
    {
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "old.db")};Pooling=false" };
        await using (var host = await OperationHost.StartAsync(_ => { }, options))
        {
            using var before = await host.GetAsync("/health/ready", "*/*");
            await using (var db = DatabaseSetup.Open(options).Create()) await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
            using var after = await host.GetAsync("/health/ready", "*/*");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
            Assert.Equal("migrations are pending", (await ChecksAsync(before))["database"]);
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(-7, HttpStatusCode.ServiceUnavailable)]
    [InlineData(-3, HttpStatusCode.OK)]
    [InlineData(3, HttpStatusCode.OK)]
    [InlineData(7, HttpStatusCode.ServiceUnavailable)]
    [Trait("Requirement", "R10")]
    public async Task A_clock_more_than_five_seconds_from_the_databases_is_not_ready(int seconds, HttpStatusCode expected)
    {
        await using var database = await TestDatabase.PostgreSqlAsync();
        var clock = new FakeTimeProvider();
        await using var host = await OperationHost.StartAsync(
            _ => { }, database.Options, services: services => services.AddSingleton<TimeProvider>(clock));
        await host.GetAsync("/health/ready", "*/*");

        clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        using var response = await host.GetAsync("/health/ready", "*/*");

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await ChecksAsync(response))["clock"] == "ok");
    }

    [Fact]
    [Trait("Requirement", "R15")]
    public async Task A_node_that_stops_says_so_first_and_serves_on_meanwhile()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await OperationHost.StartAsync(
            app => app.MapGet("/page", () => "served"),
            database.Options,
            new Dictionary<string, string?> { ["Health:DrainTime"] = "00:00:03" },
            services => services.AddSingleton<TimeProvider>(clock));
        using (var before = await host.GetAsync("/health/ready", "*/*")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        var stopping = host.StopAsync();
        using var ready = await host.GetAsync("/health/ready", "*/*");
        using var page = await host.GetAsync("/page", "*/*");

        Assert.False(stopping.IsCompleted);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("stopping", (await ChecksAsync(ready))["serving"]);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        clock.Advance(TimeSpan.FromSeconds(3));
        await stopping;
    }

    private static async Task<Dictionary<string, string>> ChecksAsync(HttpResponseMessage response)
    {
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return answer.GetProperty("checks").Deserialize<Dictionary<string, string>>()!;
    }
}
