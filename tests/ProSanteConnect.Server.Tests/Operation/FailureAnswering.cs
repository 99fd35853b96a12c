using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Server.Shared.Errors;
using Serilog.Events;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class FailureAnswering
{
    private const string TokenPath = "/auth/realms/esante-wallet/protocol/openid-connect/token";

    // What Java's HTTP client sends everywhere.
    private const string JavaAccept = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";

    [Fact]
    [Trait("Requirement", "R5")]
    public async Task A_stopped_database_is_answered_503_with_JSON_within_two_seconds()
    {
        await using var host = await StartAsync(Nobody);
        var watch = Stopwatch.StartNew();

        using var response = await host.GetAsync(TokenPath, JavaAccept);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("temporarily_unavailable", json.GetProperty("error").GetString());
        Assert.NotEmpty(json.GetProperty("error_description").GetString()!);
    }

    [Fact]
    [Trait("Requirement", "R5")]
    public async Task A_stopped_database_is_answered_503_with_a_French_page_to_a_person()
    {
        await using var host = await StartAsync(Nobody);

        using var response = await host.GetAsync("/mon-compte", "text/html,application/xhtml+xml,*/*;q=0.8");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        var page = await Page.ReadAsync(response);
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Le service est momentanément indisponible.", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Réessayez dans une minute.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{8}$", page.QuerySelector("#incident")!.TextContent);
    }

    [Fact]
    public async Task The_page_is_the_error_page_of_all_other_refusals()
    {
        await using var host = await StartAsync(Nobody, withPages: true);

        using var response = await host.GetAsync("/mon-compte?ui_locales=en", "text/html", "fr");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        var page = await Page.ReadAsync(response);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(page.QuerySelector("footer"));
        var incident = page.QuerySelector("#incident")!.TextContent;
        Assert.Contains(host.Log.Lines, line => line.Level == LogEventLevel.Error && line.Text.Contains(incident, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/mon-compte", "en-GB,en;q=0.9,fr;q=0.5", "en")]
    [InlineData("/mon-compte", "fr-FR,fr;q=0.9,en;q=0.5", "fr")]
    [InlineData("/mon-compte", "de", "fr")]
    [InlineData("/auth?ui_locales=en", "fr", "en")]
    [InlineData("/auth?ui_locales=de%20fr%20en", "en", "fr")]
    public async Task The_page_speaks_the_language_of_the_reader(string path, string acceptLanguage, string expected)
    {
        await using var host = await StartAsync(Nobody);

        using var response = await host.GetAsync(path, "text/html", acceptLanguage);

        var page = await Page.ReadAsync(response);
        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("/auth", "text/html", "text/html")]
    [InlineData("/auth", "*/*", "text/html")]
    [InlineData("/auth", "application/json", "application/json")]
    [InlineData("/auth/realms/esante-wallet/protocol/openid-connect/auth", JavaAccept, "text/html")]
    [InlineData("/auth/realms/esante-wallet/protocol/openid-connect/logout", "text/html", "text/html")]
    [InlineData("//auth/realms//esante-wallet/protocol/openid-connect/userinfo", JavaAccept, "application/json")]
    [InlineData("/auth/realms/esante-wallet/protocol/openid-connect/token/introspect", JavaAccept, "application/json")]
    [InlineData("/auth/realms/esante-wallet/.well-known/wallet-openid-configuration", "text/html", "application/json")]
    [InlineData("/ecps/v1/devices", "text/html", "application/problem+json")]
    public async Task Programs_are_told_from_people_by_the_path_first(string path, string accept, string answered)
    {
        await using var host = await StartAsync(Nobody);

        using var response = await host.GetAsync(path, accept);

        Assert.Equal(answered, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    [Trait("Requirement", "R6")]
    public async Task A_database_that_never_answers_is_answered_503_at_the_deadline()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var host = await StartAsync(Postgres(((IPEndPoint)listener.LocalEndpoint).Port));
        var watch = Stopwatch.StartNew();

        using var response = await host.GetAsync(TokenPath, "*/*");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_request_that_asks_somebody_else_may_lift_the_deadline()
    {
        var deadline = new Dictionary<string, string?> { ["Failures:RequestDeadline"] = "00:00:00.5" };
        await using var host = await OperationHost.StartAsync(
            app => app.Run(async context =>
            {
                context.LiftDeadline();
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, context.RequestAborted);
                await context.Response.WriteAsync("patient", context.RequestAborted);
            }),
            settings: deadline);

        Assert.Equal("patient", await host.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_long_answer_outlives_the_deadline_once_it_has_started()
    {
        var deadline = new Dictionary<string, string?> { ["Failures:RequestDeadline"] = "00:00:00.5" };
        await using var host = await OperationHost.StartAsync(
            app => app.Run(async context =>
            {
                await context.Response.WriteAsync("long ", context.RequestAborted);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, context.RequestAborted);
                await context.Response.WriteAsync("download", context.RequestAborted);
            }),
            settings: deadline);

        Assert.Equal("long download", await host.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/mon-compte")]
    [InlineData(TokenPath)]
    public async Task An_unforeseen_error_is_answered_500_without_a_word_of_the_exception(string path)
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(_ => throw new InvalidOperationException("canary-secret")));

        using var response = await host.GetAsync(path, "text/html");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("canary-secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperationException", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unforeseen_error_is_logged_once_under_the_incident_number_that_was_shown()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(_ => throw new InvalidOperationException("broken")));

        using var response = await host.GetAsync("/mon-compte", "text/html");

        var page = await Page.ReadAsync(response);
        var incident = page.QuerySelector("#incident")!.TextContent;
        var error = Assert.Single(host.Log.Lines, line => line.Level >= LogEventLevel.Error);
        Assert.Contains(incident, error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_holds_in_development_where_the_framework_has_an_error_page_of_its_own()
    {
        await using var host = await OperationHost.StartAsync(
            app => app.Run(_ => throw new InvalidOperationException("canary-secret")), environment: "Development");

        using var response = await host.GetAsync("/", "text/html");

        Assert.DoesNotContain("canary-secret", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_keeps_its_status_and_is_no_error_of_ours()
    {
        await using var host = await OperationHost.StartAsync(
            app => app.Run(_ => throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge)));

        using var response = await host.GetAsync(TokenPath, "*/*");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("invalid_request", json.GetProperty("error").GetString());
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogEventLevel.Warning);
    }

    [Fact]
    [Trait("Requirement", "R18")]
    public async Task A_form_with_too_many_fields_is_answered_400()
    {
        await using var host = await OperationHost.StartAsync(
            app => app.Run(async context => await context.Request.ReadFormAsync(context.RequestAborted)));
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"k{i}", "v")));

        using var response = await host.Client.PostAsync(new Uri(TokenPath, UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(DatabaseFailures))]
    public void A_database_failure_is_recognised_at_whatever_depth(Exception exception) =>
        Assert.NotNull(DatabaseFailure.Find(exception));

    [Theory]
    [MemberData(nameof(OtherErrors))]
    public void Other_errors_are_not_taken_for_the_database(Exception exception) => Assert.Null(DatabaseFailure.Find(exception));

    public static TheoryData<Exception> DatabaseFailures() =>
    [
        new NpgsqlException("refused", new SocketException(111)),
        new DbUpdateException("saving", new PostgresException("disk full", "ERROR", "ERROR", "53100")),
        new InvalidOperationException("transient", new NpgsqlException("timeout", new TimeoutException())),
        new System.Security.Cryptography.CryptographicException("no key ring", new NpgsqlException("refused")),
        new Microsoft.EntityFrameworkCore.Storage.RetryLimitExceededException("tried", new NpgsqlException("refused")),
        new AggregateException(new InvalidOperationException(), new NpgsqlException("refused")),
        new SocketException(11),
        new TimeoutException(),
        new InvalidOperationException("pool exhausted") { Source = "Microsoft.Data.SqlClient" },
    ];

    public static TheoryData<Exception> OtherErrors() =>
    [
        new InvalidOperationException("a bug"),
        new HttpRequestException("OCSP is down", new SocketException(111)),
        new TaskCanceledException("OCSP is slow", new TimeoutException()),
    ];

    private static DatabaseOptions Nobody => Postgres(1);

    private static DatabaseOptions Postgres(int port) => new()
    {
        Provider = DatabaseProvider.PostgreSql,
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=nobody;Database=none",
    };

    private static Task<OperationHost> StartAsync(DatabaseOptions database, bool withPages = false) => OperationHost.StartAsync(
        app =>
        {
            if (withPages)
            {
                app.UsePages();
                app.UseRouting();
                app.UseAntiforgery();
                app.MapPages();
                app.MapGet("/mon-compte", ReadAsync);
            }
            else
            {
                app.Run(ReadAsync);
            }
        },
        database,
        services: services => services.AddPages());

    private static async Task ReadAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<PscDb>().Clients.AnyAsync(context.RequestAborted);
}
