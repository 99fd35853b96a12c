using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Tokens;

/// <summary>The tokens as Pro Santé Connect's clients decode them (psc-protocol §4).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.5")]
public sealed class TokenShape(SharedProvider provider)
{
    private const string Subject = "f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:898765000017";

    [Fact]
    [Trait("Requirement", "PSC-1.13")]
    public async Task The_answer_has_every_member_that_a_client_of_Keycloak_reads_without_a_guard()
    {
        var tokens = await provider.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal("Bearer", tokens["token_type"]);
        Assert.Equal(120, tokens.Json.Number("expires_in"));
        Assert.Equal(1800, tokens.Json.Number("refresh_expires_in"));
        Assert.Equal(0, tokens.Json.Number("not-before-policy"));
        Assert.Equal(RelyingParty.Payload(tokens.IdToken).Text("sid"), tokens["session_state"]);
        Assert.Equal("openid profile scope_all identity", tokens["scope"]);
    }

    [Fact]
    [Trait("Requirement", "RFC6749-5.1")]
    public async Task The_answer_is_stored_nowhere_on_its_way()
    {
        var tokens = await provider.SignInAsync();

        Assert.Equal("no-store", tokens.Response.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", tokens.Response.Headers.Pragma.ToString());
    }

    [Fact]
    public async Task Access_and_ID_token_are_signed_by_RS256_with_a_published_key()
    {
        var tokens = await provider.SignInAsync();
        var certs = await RelyingParty.JsonAsync(
            await provider.App.Http().GetAsync(RelyingParty.Realm + "/certs", TestContext.Current.CancellationToken));
        var kids = certs.GetProperty("keys").EnumerateArray().Select(key => key.Text("kid"));

        Assert.All([tokens.AccessToken, tokens.IdToken], token =>
        {
            var header = RelyingParty.Header(token);
            Assert.Equal(["alg", "kid", "typ"], header.Names());
            Assert.Equal("RS256", header.Text("alg"));
            Assert.Equal("JWT", header.Text("typ"));
            Assert.Contains(header.Text("kid"), kids);
        });
    }

    [Fact]
    public async Task The_refresh_token_is_a_JWT_that_clients_can_decode_and_only_we_can_make()
    {
        var tokens = await provider.SignInAsync();
        var payload = RelyingParty.Payload(tokens.RefreshToken);

        Assert.Equal("HS256", RelyingParty.Header(tokens.RefreshToken).Text("alg"));
        Assert.Equal("Refresh", payload.Text("typ"));
        Assert.Equal(PscApp.Issuer, payload.Text("iss"));
        Assert.Equal(PscApp.Issuer, payload.Text("aud"));
        Assert.Equal(Subject, payload.Text("sub"));
        Assert.Equal(provider.Rp.Client.ClientId, payload.Text("azp"));
        Assert.Equal("nonce-1", payload.Text("nonce"));
        Assert.Equal("openid profile scope_all identity", payload.Text("scope"));
        Assert.Equal(payload.Text("sid"), payload.Text("session_state"));
        Assert.Equal(1800, payload.Number("exp") - payload.Number("iat"));
        Assert.True(Guid.TryParse(payload.Text("jti"), out _));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.6")]
    public async Task The_access_token_says_who_where_and_how()
    {
        var tokens = await provider.SignInAsync();
        var payload = RelyingParty.Payload(tokens.AccessToken);

        Assert.Equal(
            [
                "acr", "authMode", "auth_time", "azp", "exp", "iat", "iss", "jti", "nonce", "otherIds", "preferred_username", "psc_grant", "scope",
                "session_state", "sid", "sub", "typ",
            ],
            payload.Names());
        Assert.Equal("Bearer", payload.Text("typ"));
        Assert.Equal(PscApp.Issuer, payload.Text("iss"));
        Assert.Equal(Subject, payload.Text("sub"));
        Assert.Equal(provider.Rp.Client.ClientId, payload.Text("azp"));
        Assert.Equal("nonce-1", payload.Text("nonce"));
        Assert.Equal("eidas3", payload.Text("acr"));
        Assert.Equal("CARD", payload.Text("authMode"));
        Assert.Equal("898765000017", payload.Text("preferred_username"));
        Assert.Equal(120, payload.Number("exp") - payload.Number("iat"));
        var other = payload.GetProperty("otherIds").EnumerateArray().Single();
        Assert.Equal(("898765000017", "RPPS", 1), (other.Text("identifiant"), other.Text("origine"), (int)other.Number("qualite")));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.6")]
    public async Task The_ID_token_has_every_claim_that_some_client_checks()
    {
        var tokens = await provider.SignInAsync();
        var payload = RelyingParty.Payload(tokens.IdToken);

        Assert.Equal(
            [
                "SubjectNameID", "acr", "amr", "at_hash", "aud", "authMode", "auth_level", "auth_time", "azp", "email_verified", "exp", "family_name", "given_name",
                "iat", "iss", "jti", "nonce", "preferred_username", "scope", "session_state", "sid", "sub", "typ",
            ],
            payload.Names());
        Assert.Equal(System.Text.Json.JsonValueKind.String, payload.GetProperty("aud").ValueKind);
        Assert.Equal(provider.Rp.Client.ClientId, payload.Text("aud"));
        Assert.Equal(provider.Rp.Client.ClientId, payload.Text("azp"));
        Assert.Equal("ID", payload.Text("typ"));
        Assert.Equal(("eidas2", "1"), (payload.Text("acr"), payload.Text("auth_level")));
        Assert.Equal(["sc", "pin", "mfa"], payload.Texts("amr"));
        Assert.Equal("nonce-1", payload.Text("nonce"));
        Assert.Equal(payload.Text("sid"), payload.Text("session_state"));
        Assert.False(payload.GetProperty("email_verified").GetBoolean());
        Assert.Equal("898765000017", payload.Text("preferred_username"));
        Assert.Equal("Camille", payload.Text("given_name"));
        Assert.Equal("FICTIF", payload.Text("family_name"));
        Assert.Equal(120, payload.Number("exp") - payload.Number("iat"));
        Assert.Equal(provider.App.Clock.GetUtcNow().ToUnixTimeSeconds(), payload.Number("auth_time"));
    }

    [Fact]
    [Trait("Requirement", "OIDCC-2.0")]
    public async Task The_ID_token_holds_the_hash_of_the_access_token_beside_it()
    {
        var tokens = await provider.SignInAsync();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(tokens.AccessToken));

        Assert.Equal(Base64Url.EncodeToString(hash.AsSpan(0, 16)), RelyingParty.Payload(tokens.IdToken).Text("at_hash"));
    }

    [Fact]
    public async Task Without_a_nonce_the_access_token_has_an_empty_one_and_the_ID_token_none()
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["nonce"] = null });

        Assert.Equal("", RelyingParty.Payload(tokens.AccessToken).Text("nonce"));
        Assert.Equal("", RelyingParty.Payload(tokens.RefreshToken).Text("nonce"));
        Assert.False(RelyingParty.Payload(tokens.IdToken).Has("nonce"));
    }

    [Fact]
    public async Task Nothing_of_the_engine_leaks_into_a_token()
    {
        var tokens = await provider.SignInAsync();

        Assert.All([tokens.AccessToken, tokens.IdToken, tokens.RefreshToken], token =>
            Assert.DoesNotContain(RelyingParty.Payload(token).Names(), name => name.StartsWith("oi_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_without_the_refresh_grant_gets_no_refresh_token()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["authorization_code"]);

        var tokens = await provider.SignInAsync(rp);

        Assert.False(tokens.Has("refresh_token"));
        Assert.Equal(0, tokens.Json.Number("refresh_expires_in"));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.6")]
    public async Task A_refresh_keeps_who_and_when_and_renews_the_rest()
    {
        var first = await provider.SignInAsync();

        var second = await provider.Rp.RefreshAsync(first.RefreshToken);

        var before = RelyingParty.Payload(first.IdToken);
        var after = RelyingParty.Payload(second.IdToken);
        Assert.Equal(before.Names(), after.Names());
        Assert.All(["sub", "aud", "iss", "sid", "acr", "nonce"], claim => Assert.Equal(before.Text(claim), after.Text(claim)));
        Assert.Equal(before.Number("auth_time"), after.Number("auth_time"));
        Assert.NotEqual(before.Text("jti"), after.Text("jti"));
        Assert.NotEqual(first.AccessToken, second.AccessToken);
    }
}
