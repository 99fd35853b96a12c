using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>The semantics of methods at every kind of address (RFC 9110, sections 9.3.2, 9.3.7 and 15.5.6).</summary>
public sealed class RequestMethods : IAsyncLifetime
{
    private const string Realm = RelyingParty.Realm;

    private PscApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await PscApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/auth/realms/esante-wallet/.well-known/wallet-openid-configuration")]
    [InlineData(Realm + "/certs")]
    [InlineData(Realm + "/userinfo")]
    [InlineData(Realm + "/logout")]
    [InlineData("/auth")]
    [InlineData("/")]
    [InlineData("/connexion")]
    [InlineData("/mon-compte")]
    [InlineData("/psc.css")]
    [InlineData("/health/ready")]
    [InlineData("/ecps/v1/push-key")]
    [InlineData("/ecps/v1/e-cps")]
    [InlineData("/ecps/v1/events")]
    [InlineData("/openapi/ecps.json")]
    [InlineData("/nulle-part")]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path)
    {
        using var http = _app.Http();
        using var get = await http.GetAsync(path, Ct);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/auth/realms/esante-wallet/.well-known/openid-configuration", "PUT", "GET, HEAD")]
    [InlineData(Realm + "/certs", "POST", "GET, HEAD")]
    [InlineData(Realm + "/userinfo", "DELETE", "GET, HEAD, POST")]
    [InlineData(Realm + "/logout", "PUT", "GET, HEAD, POST")]
    [InlineData(Realm + "/auth", "PATCH", "GET, HEAD, POST")]
    [InlineData("/auth", "PUT", "GET, HEAD, POST")]
    [InlineData("/auth/", "DELETE", "GET, HEAD, POST")]
    [InlineData(Realm + "/token", "GET", "POST")]
    [InlineData(Realm + "/token", "HEAD", "POST")]
    [InlineData(Realm + "/token/introspect", "PUT", "POST")]
    [InlineData(Realm + "/revoke", "GET", "POST")]
    [InlineData("/connexion", "PUT", "GET, HEAD, POST")]
    [InlineData("/", "DELETE", "GET, HEAD, POST")]
    [InlineData("/ecps/v1/e-cps", "DELETE", "GET, HEAD")]
    [InlineData("/ecps/v1/rpps-search", "GET", "POST")]
    [InlineData("/ecps/v1/push-subscription", "POST", "DELETE, PUT")]
    [InlineData("/psc.css", "POST", "GET, HEAD")]
    [InlineData("/health/live", "POST", "GET, HEAD")]
    public async Task Another_method_is_answered_405_with_those_that_are_allowed(string path, string method, string allowed)
    {
        using var response = await _app.Http().SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Ct);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed.Split(", ").Order(StringComparer.Ordinal), response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Realm + "/token", "POST")]
    [InlineData("/auth", "GET, HEAD, POST")]
    [InlineData("/connexion", "GET, HEAD, POST")]
    [InlineData("/ecps/v1/e-cps", "GET, HEAD")]
    public async Task OPTIONS_names_the_methods(string path, string allowed)
    {
        using var response = await _app.Http().SendAsync(new HttpRequestMessage(HttpMethod.Options, path), Ct);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed.Split(", "), response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/ecps/v1/nulle-part")]
    [InlineData("/ecps/v1/e-cps/nulle-part")]
    public async Task An_unknown_address_of_the_API_stays_404_for_every_method(string path)
    {
        using var response = await _app.Http().SendAsync(new HttpRequestMessage(HttpMethod.Put, path), Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(null, "Bearer realm=\"ecps\"")]
    [InlineData("Bearer abc", "Bearer realm=\"ecps\", error=\"invalid_token\"")]
    public async Task The_challenge_of_the_API_has_a_realm_and_an_error_only_for_a_token(string? header, string challenge)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ecps/v1/e-cps");
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await _app.Http().SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
    }
}
