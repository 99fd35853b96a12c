using System.Net;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
public sealed class ClientCredentials(SharedProvider provider)
{
    [Fact]
    [Trait("Requirement", "RFC9700-4.15.1")]
    public async Task A_client_gets_a_token_whose_subject_can_be_no_persons()
    {
        var rp = await RegisterAsync();

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "interop" });
        var payload = RelyingParty.Payload(answer.AccessToken);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["azp", "client_id", "exp", "iat", "iss", "jti", "scope", "sub", "typ"], payload.Names());
        Assert.Equal(rp.Client.ClientId, payload.Text("sub"));
        Assert.Equal(rp.Client.ClientId, payload.Text("client_id"));
        Assert.Equal("interop", payload.Text("scope"));
        Assert.Equal("Bearer", payload.Text("typ"));
        Assert.Equal(120, payload.Number("exp") - payload.Number("iat"));
    }

    [Fact]
    [Trait("Requirement", "RFC6749-4.4.3")]
    public async Task It_gets_neither_a_refresh_nor_an_ID_token()
    {
        var rp = await RegisterAsync();

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "openid" });

        Assert.False(answer.Has("refresh_token"));
        Assert.False(answer.Has("id_token"));
        Assert.Equal(0, answer.Json.Number("refresh_expires_in"));
    }

    [Fact]
    public async Task It_may_introspect_its_token_and_revoke_it()
    {
        var rp = await RegisterAsync();
        var token = (await rp.TokenAsync(new() { ["grant_type"] = "client_credentials" })).AccessToken;

        Assert.True((await rp.IntrospectAsync(token)).GetProperty("active").GetBoolean());
        await rp.RevokeAsync(token);

        Assert.False((await rp.IntrospectAsync(token)).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_scope_that_it_is_not_registered_for_is_refused()
    {
        var rp = await RegisterAsync();

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "admin" });

        Assert.Equal("invalid_scope", answer.Error);
    }

    [Fact]
    public async Task A_public_client_is_refused()
    {
        var rp = await provider.RegisterAsync(client =>
        {
            client.Type = ClientType.Public;
            client.GrantTypes = ["client_credentials"];
        });

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "client_credentials" });

        Assert.True(answer.Error is "unauthorized_client" or "invalid_request" or "invalid_client");
        Assert.False(answer.Has("access_token"));
    }

    private Task<RelyingParty> RegisterAsync() => provider.RegisterAsync(client =>
    {
        client.GrantTypes = ["client_credentials"];
        client.Scopes = ["openid", "interop"];
    });
}
