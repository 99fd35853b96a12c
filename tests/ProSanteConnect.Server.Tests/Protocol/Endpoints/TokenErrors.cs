using System.Net;
using System.Text;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>pmsipilot reads the description of every error without a guard (psc-protocol §1, 11).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.11")]
public sealed class TokenErrors(SharedProvider provider)
{
    [Theory]
    [InlineData("", "invalid_request")]
    [InlineData("grant_type=", "invalid_request")]
    [InlineData("grant_type=authorization_code", "invalid_request")]
    [InlineData("grant_type=authorization_code&code=", "invalid_request")]
    [InlineData("grant_type=authorization_code&code=inconnu&redirect_uri=https%3A%2F%2Frp.test%2Fcallback", "invalid_grant")]
    [InlineData("grant_type=refresh_token", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=inconnu", "invalid_grant")]
    [InlineData("grant_type=client_credentials", "unauthorized_client")]
    [InlineData("grant_type=password&username=898765000017&password=1234", "unsupported_grant_type")]
    [InlineData("grant_type=implicit", "unsupported_grant_type")]
    [InlineData("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=x", "unsupported_grant_type")]
    [InlineData("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange", "unsupported_grant_type")]
    [InlineData("grant_type=refresh_token&grant_type=password&refresh_token=x", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=x&refresh_token=y", "invalid_request")]
    public async Task Every_error_is_JSON_with_a_description(string form, string error)
    {
        var answer = await PostAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", answer.Response.Headers.CacheControl!.ToString());
        Assert.Equal(error, answer.Error);
        Assert.NotEmpty(answer["error_description"]);
        Assert.False(answer.Has("error_uri"));
    }

    [Theory]
    [InlineData("application/json", "{\"grant_type\":\"client_credentials\"}")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("text/plain", "grant_type=client_credentials")]
    public async Task A_body_of_another_kind_is_refused(string contentType, string body)
    {
        var answer = await PostAsync(body, contentType);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Error);
        Assert.NotEmpty(answer["error_description"]);
    }

    [Fact]
    [Trait("Requirement", "RFC6749-3.2")]
    public async Task A_GET_is_refused()
    {
        var response = await provider.App.Http().GetAsync(
            RelyingParty.Realm + "/token?grant_type=client_credentials", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("POST", response.Content.Headers.Allow.Single());
        Assert.Equal("invalid_request", (await RelyingParty.JsonAsync(response)).Text("error"));
    }

    [Fact]
    public async Task What_stands_in_the_address_of_a_POST_does_not_count()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["client_credentials"]);

        var response = await rp.PostAsync("/token?grant_type=client_credentials", new() { ["scope"] = "openid" });

        Assert.Equal("invalid_request", (await RelyingParty.JsonAsync(response)).Text("error"));
    }

    [Theory]
    [InlineData("/token/introspect")]
    [InlineData("/revoke")]
    public async Task The_other_endpoints_describe_their_errors_too(string path)
    {
        var missing = await provider.Rp.PostAsync(path, []);
        var stranger = await new RelyingParty(provider.App, provider.Rp.Client, "autre").PostAsync(path, new() { ["token"] = "x" });

        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.NotEmpty((await RelyingParty.JsonAsync(missing)).Text("error_description"));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal("invalid_client", (await RelyingParty.JsonAsync(stranger)).Text("error"));
        Assert.NotEmpty((await RelyingParty.JsonAsync(stranger)).Text("error_description"));
    }

    [Fact]
    [Trait("Requirement", "RFC9700-2.4")]
    [Trait("Requirement", "ASVS-10.4.4")]
    public async Task A_password_is_never_taken_not_even_of_a_client_that_was_registered_for_it()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["password"]);

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "password", ["username"] = "898765000017", ["password"] = "1234" });

        Assert.Equal("unsupported_grant_type", answer.Error);
    }

    private async Task<TokenAnswer> PostAsync(string body, string contentType = "application/x-www-form-urlencoded")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, RelyingParty.Realm + "/token");
        request.Headers.Authorization = RelyingParty.Basic(provider.Rp.Client.ClientId, provider.Rp.Secret!);
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);
        return new TokenAnswer(response, await RelyingParty.JsonAsync(response));
    }
}
