using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared;
using ProSanteConnect.Testing;
using Serilog.Events;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class WhatIsLogged
{
    private const string Canary = "canary7Q2";

    [Fact]
    [Trait("Requirement", "R19")]
    public async Task A_secret_in_whatever_part_of_a_request_reaches_neither_log_nor_traces_nor_metrics()
    {
        await using var database = await TestDatabase.CreateAsync();
        var spans = new RecordingSpans();
        await using var host = await OperationHost.StartAsync(
            Routes,
            database.Options,
            new Dictionary<string, string?> { ["Telemetry:OtlpEndpoint"] = "http://127.0.0.1:1", ["Logs:Level"] = "Verbose" },
            services => services.AddPages().ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(spans)),
            remoteAddress: "127.0.0.1");

        foreach (var path in new[] { "/ok", "/item/" + Canary, "/gone/" + Canary, "/nowhere/" + Canary, "/broken", "/fails", "/unreadable" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?login_hint={Canary}&code={Canary}");
            request.Headers.Add("Authorization", $"Bearer {Canary}");
            request.Headers.Add("Cookie", $"__Host-psc={Canary}");
            request.Headers.Add("X-Custom", Canary);
            request.Headers.TryAddWithoutValidation("User-Agent", Canary);
            request.Headers.Add("X-Forwarded-For", "203.0.113.77");
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("client_secret", Canary)]);
            using (await host.Client.SendAsync(request, TestContext.Current.CancellationToken)) { }
        }

        var metrics = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(host.Log.Lines, line => line.Text.StartsWith("POST /item/{id} was answered 200", StringComparison.Ordinal));
        Assert.Contains(host.Log.Lines, line => line.Text.StartsWith("POST /gone/… was answered 410", StringComparison.Ordinal));
        Assert.Contains(host.Log.Lines, line => line.Json.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.NotEmpty(spans.Tags);
        Assert.DoesNotContain(host.Log.Lines, line => line.Json.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(host.Log.Lines, line => line.Json.Contains("203.0.113.77", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Json.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain(spans.Tags.Where(tag => tag.Key != "url.path"), tag => $"{tag.Value}".Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Canary, metrics, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Requirement", "T20")]
    public async Task What_a_client_sends_cannot_begin_a_line_of_its_own()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context =>
        {
            context.RequestServices.GetRequiredService<ILogger<WhatIsLogged>>().LogForged("a\r\n2026-03-02 ERR forged\u001b[31m");
            return Task.CompletedTask;
        }));

        using (await host.GetAsync("/", "*/*")) { }

        var line = Assert.Single(host.Log.Lines, line => line.Text.Contains("forged", StringComparison.Ordinal));
        Assert.DoesNotContain(line.Text, char.IsControl);
    }

    [Fact]
    public async Task An_exception_is_logged_with_its_type_and_its_place_but_not_its_message()
    {
        await using var host = await OperationHost.StartAsync(
            app => app.Run(_ => throw new InvalidOperationException(Canary, new FormatException(Canary))));

        using (await host.GetAsync("/", "*/*")) { }

        var line = Assert.Single(host.Log.Lines, line => line.Level == LogEventLevel.Error);
        Assert.Contains("System.InvalidOperationException", line.Json, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", line.Json, StringComparison.Ordinal);
        Assert.Contains(nameof(WhatIsLogged), line.Json, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, line.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("All", 2)]
    [InlineData("Refused", 1)]
    [InlineData("None", 0)]
    public async Task Requests_are_logged_as_the_operator_wishes_and_probes_never(string wish, int expected)
    {
        await using var host = await OperationHost.StartAsync(
            app => app.MapGet("/ok", () => "ok"), settings: new Dictionary<string, string?> { ["Logs:Requests"] = wish });

        foreach (var path in new[] { "/ok", "/nowhere", "/health/live" }) using (await host.GetAsync(path, "*/*")) { }

        Assert.Equal(expected, host.Log.Lines.Count(line => line.Text.Contains(" was answered ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_receives_one_file_a_day()
    {
        var folder = Directory.CreateTempSubdirectory("psc-test-").FullName;
        await using (var host = await OperationHost.StartAsync(_ => { }, settings: new Dictionary<string, string?> { ["Logs:Folder"] = folder }))
        {
            using (await host.GetAsync("/nowhere", "*/*")) { }
        }

        var file = Assert.Single(Directory.EnumerateFiles(folder));
        Assert.Contains("\"StatusCode\":404", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static void Routes(WebApplication app)
    {
        app.UsePages();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapPages();
        app.MapPost("/gone/{id}", (string id) => Results.StatusCode(StatusCodes.Status410Gone)).DisableAntiforgery();
        app.MapPost("/ok", async (HttpContext context) => (await context.Request.ReadFormAsync(context.RequestAborted)).Count);
        app.MapPost("/item/{id}", (string id) => id);
        app.MapPost("/broken", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            throw new InvalidOperationException($"Bad secret {form["client_secret"]} of {context.Request.QueryString}");
        });
        app.MapPost("/fails", async (HttpContext context, PscDb db) =>
        {
            var sent = context.Request.Query["code"].ToString();
            await db.Database.ExecuteSqlAsync($"INSERT INTO Revisions (Name, Number) VALUES ({sent}, NULL)", context.RequestAborted);
        });
        app.MapPost("/unreadable", void (HttpContext context) => throw new BadHttpRequestException($"Bad {context.Request.QueryString}"));
    }

    private sealed class RecordingSpans : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<Activity> _ended = new();

        public IReadOnlyList<KeyValuePair<string, object?>> Tags => [.. _ended.SelectMany(span => span.TagObjects)];

        public override void OnEnd(Activity data) => _ended.Enqueue(data);
    }
}

internal static partial class ForgedLog
{
    [LoggerMessage(1, LogLevel.Information, "Sent: {Value}")]
    public static partial void LogForged(this ILogger logger, string value);
}
