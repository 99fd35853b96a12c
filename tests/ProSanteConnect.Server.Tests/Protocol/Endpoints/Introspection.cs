using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.17")]
public sealed class Introspection(SharedProvider provider)
{
    [Fact]
    public async Task An_access_token_is_described_as_Pro_Sante_Connect_describes_it()
    {
        var tokens = await provider.SignInAsync();

        var document = await provider.Rp.IntrospectAsync(tokens.AccessToken);

        Assert.Equal(
            [
                "SubjectNameID", "acr", "active", "authMode", "auth_time", "azp", "client_id", "email_verified", "exp", "iat", "iss", "jti", "nonce",
                "preferred_username", "scope", "session_state", "sid", "sub", "token_type", "typ", "username",
            ],
            document.Names());
        var payload = RelyingParty.Payload(tokens.AccessToken);
        Assert.True(document.GetProperty("active").GetBoolean());
        Assert.All(
            ["acr", "azp", "iss", "jti", "nonce", "preferred_username", "scope", "sid", "sub", "typ"],
            claim => Assert.Equal(payload.Text(claim), document.Text(claim)));
        Assert.Equal(payload.Number("exp"), document.Number("exp"));
        Assert.Equal("898765000017", document.Text("SubjectNameID"));
        Assert.Equal("898765000017", document.Text("username"));
        Assert.Equal(provider.Rp.Client.ClientId, document.Text("client_id"));
    }

    [Fact]
    public async Task A_refresh_token_is_described_without_SubjectNameID()
    {
        var tokens = await provider.SignInAsync();

        var document = await provider.Rp.IntrospectAsync(tokens.RefreshToken);

        Assert.True(document.GetProperty("active").GetBoolean());
        Assert.Equal("Refresh", document.Text("typ"));
        Assert.False(document.Has("SubjectNameID"));
        Assert.False(document.Has("preferred_username"));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.16")]
    public async Task A_resource_server_with_the_right_to_it_reads_the_token_of_another_client()
    {
        var resourceServer = await provider.RegisterAsync(client =>
        {
            client.MayIntrospectOthers = true;
            client.GrantTypes = [];
        });
        var tokens = await provider.SignInAsync();

        var document = await resourceServer.IntrospectAsync(tokens.AccessToken);

        Assert.True(document.GetProperty("active").GetBoolean());
        Assert.Equal("898765000017", document.Text("SubjectNameID"));
        Assert.Equal(provider.Rp.Client.ClientId, document.Text("client_id"));
    }

    [Fact]
    [Trait("Requirement", "T10")]
    public async Task A_stranger_learns_nothing_but_that_the_token_is_not_active()
    {
        var stranger = await provider.RegisterAsync();
        var tokens = await provider.SignInAsync();

        Assert.All(
            [tokens.AccessToken, tokens.RefreshToken],
            token => Assert.Equal("""{"active":false}""", Compact(stranger.IntrospectAsync(token).Result)));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.16")]
    public async Task UserInfo_works_for_whoever_holds_the_token_as_the_context_sharing_API_needs_it()
    {
        var tokens = await provider.SignInAsync();
        var other = await provider.RegisterAsync();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await other.UserInfoAsync(tokens.AccessToken)).StatusCode);
    }

    [Fact]
    public async Task An_ID_token_has_no_state_to_tell()
    {
        var tokens = await provider.SignInAsync();

        Assert.Equal("""{"active":false}""", Compact(await provider.Rp.IntrospectAsync(tokens.IdToken)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    public async Task What_is_no_token_is_not_active(string token) =>
        Assert.Equal("""{"active":false}""", Compact(await provider.Rp.IntrospectAsync(token)));

    [Fact]
    [Trait("Requirement", "RFC7662-2.1")]
    public async Task A_public_client_may_not_ask()
    {
        var rp = await provider.RegisterAsync(client => client.Type = Core.RelyingParties.ClientType.Public);
        var tokens = await provider.SignInAsync();

        var response = await rp.PostAsync("/token/introspect", new() { ["token"] = tokens.AccessToken });

        Assert.InRange((int)response.StatusCode, 400, 401);
        Assert.False((await RelyingParty.JsonAsync(response)).Has("active"));
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("bidon")]
    public async Task A_hint_about_the_kind_of_token_is_only_a_hint(string hint)
    {
        var tokens = await provider.SignInAsync();

        var response = await provider.Rp.PostAsync("/token/introspect", new() { ["token"] = tokens.AccessToken, ["token_type_hint"] = hint });

        Assert.True((await RelyingParty.JsonAsync(response)).GetProperty("active").GetBoolean());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    private static string Compact(JsonElement document) => JsonSerializer.Serialize(document);
}
