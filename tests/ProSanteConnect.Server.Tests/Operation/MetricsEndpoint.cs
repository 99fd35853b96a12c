using System.Net;
using Microsoft.AspNetCore.Builder;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class MetricsEndpoint
{
    [Fact]
    public async Task This_machine_reads_what_the_provider_counts()
    {
        await using var host = await StartAsync("127.0.0.1");
        using (await host.GetAsync("/broken", "*/*")) { }

        var metrics = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Matches("""(?m)^prosanteconnect_errors(_requests)?_total(\{[^}]*\})? 1""", metrics);
        Assert.Contains("http_server_request_duration_seconds", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", null, null, HttpStatusCode.NotFound)]
    [InlineData("10.0.0.9", null, null, HttpStatusCode.NotFound)]
    [InlineData("10.0.0.9", "Telemetry:MetricsNetworks:0", "10.0.0.0/28", HttpStatusCode.OK)]
    [InlineData("::ffff:10.0.0.9", "Telemetry:MetricsNetworks:0", "10.0.0.0/28", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "Telemetry:MetricsNetworks:0", "10.0.0.0/28", HttpStatusCode.NotFound)]
    [InlineData("::1", null, null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "Telemetry:Metrics", "false", HttpStatusCode.NotFound)]
    [InlineData("127.0.0.1", "Telemetry:MetricsPort", "9464", HttpStatusCode.NotFound)]
    public async Task For_all_others_the_metrics_do_not_exist(string address, string? key, string? value, HttpStatusCode expected)
    {
        await using var host = await StartAsync(address, key is null ? null : new Dictionary<string, string?> { [key] = value });

        using var response = await host.GetAsync("/metrics", "*/*");

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task A_proxy_on_this_machine_that_nobody_configured_makes_no_stranger_local(string header, string value)
    {
        await using var host = await StartAsync("127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add(header, value);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<OperationHost> StartAsync(string address, Dictionary<string, string?>? settings = null) => OperationHost.StartAsync(
        app => app.MapGet("/broken", string () => throw new InvalidOperationException()),
        settings: settings,
        remoteAddress: address);
}
