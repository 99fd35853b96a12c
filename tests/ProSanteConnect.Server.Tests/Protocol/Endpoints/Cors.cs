using System.Net;
using ProSanteConnect.Server.Tests.Protocol.Discovery;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>Which pages of other origins may call us by script (Fetch standard; RFC 9700, 2.6).</summary>
[Collection<SharedProviderTests>]
public sealed class Cors(SharedProvider provider)
{
    private const string Realm = RelyingParty.Realm;
    private const string Registered = "https://rp.test";
    private const string Stranger = "https://attaquant.test";

    [Theory]
    [InlineData(Realm + "/token")]
    [InlineData(Realm + "/userinfo")]
    [InlineData(Realm + "/revoke")]
    public async Task The_page_of_a_registered_redirect_URI_may_call(string path)
    {
        var preflight = await PreflightAsync(path, Registered, "POST", "authorization,content-type");
        var answer = await SendAsync(HttpMethod.Post, path, Registered);

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(Registered, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Contains("POST", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("Authorization", Header(preflight, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Registered, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", Header(answer, "Vary"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(Realm + "/token", Stranger)]
    [InlineData(Realm + "/userinfo", Stranger)]
    [InlineData(Realm + "/revoke", Stranger)]
    [InlineData(Realm + "/token", "null")]
    [InlineData(Realm + "/token", "http://rp.test")]
    [InlineData(Realm + "/token", "https://rp.test:8443")]
    [InlineData(Realm + "/token", "https://rp.test.attaquant.test")]
    [InlineData(Realm + "/token", "https://www.rp.test")]
    public async Task The_page_of_a_stranger_may_not(string path, string origin)
    {
        var preflight = await PreflightAsync(path, origin, "POST", "authorization");
        var answer = await SendAsync(HttpMethod.Post, path, origin);

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(DiscoveryDocuments.Wallet)]
    [InlineData(DiscoveryDocuments.Standard)]
    [InlineData(Realm + "/certs")]
    public async Task The_public_documents_may_be_read_by_every_page(string path)
    {
        var answer = await SendAsync(HttpMethod.Get, path, Stranger);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [Trait("Requirement", "RFC9700-2.6a")]
    [InlineData("/auth")]
    [InlineData("/auth/")]
    [InlineData(Realm + "/auth")]
    [InlineData(Realm + "/logout")]
    [InlineData(Realm + "/token/introspect")]
    [InlineData("/connexion")]
    public async Task Pages_and_the_endpoints_of_servers_are_closed_to_every_script(string path)
    {
        var preflight = await PreflightAsync(path, Registered, "GET", null);
        var answer = await SendAsync(HttpMethod.Get, path, Registered);

        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_refusal_can_be_read_by_the_page_that_gets_it()
    {
        var answer = await SendAsync(HttpMethod.Get, Realm + "/userinfo", Registered);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(Registered, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("WWW-Authenticate", Header(answer, "Access-Control-Expose-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_client_that_is_registered_later_is_known_without_a_restart()
    {
        const string origin = "https://nouveau.test";
        Assert.False((await SendAsync(HttpMethod.Post, Realm + "/token", origin)).Headers.Contains("Access-Control-Allow-Origin"));

        await provider.RegisterAsync(client => client.RedirectUris = [$"{origin}/callback"]);

        Assert.Equal(origin, Header(await SendAsync(HttpMethod.Post, Realm + "/token", origin), "Access-Control-Allow-Origin"));
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private Task<HttpResponseMessage> PreflightAsync(string path, string origin, string method, string? headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, PscApp.Origin + path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        if (headers is not null) request.Headers.Add("Access-Control-Request-Headers", headers);
        return provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string origin)
    {
        var request = new HttpRequestMessage(method, PscApp.Origin + path);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([]);
        return provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
