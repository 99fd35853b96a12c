using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProSanteConnect.Server.Shared.SecurityHeaders;

namespace ProSanteConnect.Server.Tests.Operation;

public sealed class ResponseHeaders
{
    [Theory]
    [Trait("Requirement", "T14")]
    [Trait("Requirement", "RFC9700-4.16")]
    [InlineData(200)]
    [InlineData(303)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [Trait("Requirement", "ASVS-3.4.3")]
    public async Task Every_answer_carries_the_security_headers_whatever_its_status(int status)
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("x");
        }));

        using var response = await host.GetAsync("/", "text/html");

        Assert.Equal(status, (int)response.StatusCode);
        AssertSecure(response);
    }

    [Fact]
    [Trait("Requirement", "ASVS-3.4.3")]
    public async Task An_answer_to_an_exception_carries_them_too()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(_ => throw new InvalidOperationException()));

        using var response = await host.GetAsync("/", "text/html");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        AssertSecure(response);
    }

    [Fact]
    [Trait("Requirement", "ASVS-13.4.4")]
    public async Task Trace_is_answered_405_with_the_same_headers()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context => context.Response.WriteAsync("reached")));
        using var request = new HttpRequestMessage(HttpMethod.Trace, "/");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        AssertSecure(response);
    }

    [Fact]
    public async Task The_nonce_of_the_page_is_the_one_in_the_policy_and_new_each_time()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context => context.Response.WriteAsync(context.CspNonce())));

        using var first = await host.GetAsync("/", "text/html");
        using var second = await host.GetAsync("/", "text/html");

        var nonce = await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"script-src 'self' 'nonce-{nonce}'", Policy(first), StringComparison.Ordinal);
        Assert.NotEqual(nonce, await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("https://client.example/cb?x=1", "form-action 'self' https://client.example")]
    [InlineData("https://client.example:9443/cb", "form-action 'self' https://client.example:9443")]
    [InlineData("http://localhost:5000/cb", "form-action 'self' http://localhost:5000")]
    [InlineData("com.example.app:/cb;script-src", "form-action 'self' com.example.app:")]
    public async Task A_page_may_let_its_form_lead_to_the_client_and_nowhere_else(string redirectUri, string expected)
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context =>
        {
            context.AllowFormTo(new Uri(redirectUri));
            return context.Response.WriteAsync("x");
        }));

        using var response = await host.GetAsync("/", "text/html");

        Assert.EndsWith(expected, Policy(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_may_be_kept_says_so_itself()
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=300";
            return context.Response.WriteAsync("keys");
        }));

        using var response = await host.GetAsync("/", "*/*");

        Assert.Equal("public, max-age=300", response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("https://psc.example/", "Production", "max-age=63072000; includeSubDomains")]
    [InlineData("http://psc.example/", "Production", null)]
    [InlineData("https://localhost/", "Production", null)]
    [InlineData("https://psc.example/", "Development", null)]
    [Trait("Requirement", "ASVS-3.4.1")]
    public async Task Https_is_made_strict_in_production_and_never_for_this_machine(string address, string environment, string? expected)
    {
        await using var host = await OperationHost.StartAsync(app => app.Run(context => context.Response.WriteAsync("x")), environment: environment);

        using var response = await host.Client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }

    private static void AssertSecure(HttpResponseMessage response)
    {
        Assert.StartsWith("default-src 'none'; script-src 'self'", Policy(response), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Policy(response), StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", Policy(response), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Policy(response), StringComparison.Ordinal);
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Contains("max-age=63072000", Header(response, "Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string Policy(HttpResponseMessage response) => Header(response, "Content-Security-Policy");

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
