using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ProSanteConnect.Server.Shared.Http;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class ProxyTrust
{
    [Theory]
    [InlineData("10.0.0.4", "203.0.113.9", "203.0.113.9")]                  // the proxy speaks
    [InlineData("10.0.0.4", "198.51.100.1, 203.0.113.9", "203.0.113.9")]    // its client tried to name another address
    [InlineData("10.0.0.4", "203.0.113.9, 172.16.5.2", "203.0.113.9")]      // two proxies in a row
    [InlineData("::ffff:10.0.0.4", "203.0.113.9", "203.0.113.9")]           // the same proxy on a dual-stack socket
    [InlineData("192.0.2.1", "203.0.113.9", "192.0.2.1")]                   // somebody else
    [InlineData("127.0.0.1", "203.0.113.9", "127.0.0.1")]                   // nor is this machine a proxy by itself
    [Trait("Requirement", "ASVS-4.1.3")]
    [Trait("Requirement", "ASVS-15.3.4")]
    public async Task Only_a_known_proxy_names_the_clients_address(string peer, string forwardedFor, string expected)
    {
        await using var host = await StartAsync(peer, BehindProxy);

        Assert.Equal($"{expected} https", await AskAsync(host, ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", "https")));
    }

    [Fact]
    [Trait("Requirement", "ASVS-4.1.3")]
    [Trait("Requirement", "RFC9700-4.13")]
    public async Task Without_a_configured_proxy_nothing_that_is_forwarded_counts()
    {
        await using var host = await StartAsync("10.0.0.4", []);

        Assert.Equal("10.0.0.4 https", await AskAsync(host, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "evil.example")));
    }

    [Theory]
    [InlineData("Proxy:KnownProxies:0", "proxy.local", "no IP address")]
    [InlineData("Proxy:KnownNetworks:0", "10.0.0.0", "no network")]
    [InlineData("Proxy:KnownNetworks:0", "0.0.0.0/0", "whole Internet")]
    [InlineData("Proxy:AllowedHosts:0", "https://psc.example", "no host name")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", "believes every sender")]
    public async Task An_unsafe_setting_stops_the_start(string key, string value, string says)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("10.0.0.4", new() { [key] = value }));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://psc.example/", HttpStatusCode.OK)]
    [InlineData("https://evil.example/", HttpStatusCode.BadRequest)]
    [InlineData("https://evil.example/health/live", HttpStatusCode.OK)]
    [Trait("Requirement", "T22")]
    public async Task Only_our_own_names_are_answered_save_to_probes(string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync("192.0.2.1", new() { ["Proxy:AllowedHosts:0"] = "psc.example" });

        using var response = await host.Client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    private static Dictionary<string, string?> BehindProxy => new()
    {
        ["Proxy:KnownProxies:0"] = "10.0.0.4",
        ["Proxy:KnownNetworks:0"] = "172.16.5.0/24",
    };

    private static Task<OperationHost> StartAsync(string peer, Dictionary<string, string?> settings) => OperationHost.StartAsync(
        app => app.Run(context => context.Response.WriteAsync($"{context.ClientAddress()} {context.Request.Scheme}")),
        settings: settings,
        remoteAddress: peer);

    private static async Task<string> AskAsync(OperationHost host, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
