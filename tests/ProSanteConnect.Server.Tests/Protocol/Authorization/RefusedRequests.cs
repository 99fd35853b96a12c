using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>An error response is sent to the relying party, with its state and the issuer (OpenID Connect Core 3.1.2.6).</summary>
[Collection<SharedProviderTests>]
public sealed class RefusedRequests(SharedProvider provider)
{
    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "", "invalid_request")]
    [InlineData("response_type", "bidon", "unsupported_response_type")]
    [InlineData("response_type", "none", "unsupported_response_type")]
    [InlineData("response_mode", "bidon", "invalid_request")]
    [InlineData("scope", "openid admin", "invalid_scope")]
    [InlineData("scope", "openid inconnue", "invalid_scope")]
    [InlineData("scope", "SCOPE_ALL", "invalid_scope")]
    [InlineData("scope", "openid \"é\\", "invalid_scope")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "demain", "invalid_request")]
    [InlineData("max_age", "1.5", "invalid_request")]
    [InlineData("max_age", "99999999999999999999", "invalid_request")]
    [InlineData("code_challenge_method", "S256", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.eyJzY29wZSI6Im9wZW5pZCJ9.", "request_not_supported")]
    [InlineData("request_uri", "https://rp.test/request.jwt", "request_uri_not_supported")]
    [InlineData("request_uri", "http://169.254.169.254/latest/meta-data", "request_uri_not_supported")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c", "request_uri_not_supported")]
    public async Task A_faulty_request_is_answered_at_the_relying_party(string parameter, string? value, string error)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { [parameter] = value }));
        var answer = RelyingParty.Answer(response);

        Assert.StartsWith(RelyingParty.RedirectUri + "?", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(["error", "error_description", "iss", "state"], answer.Keys.Order());
        Assert.Equal(error, answer["error"]);
        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(PscApp.Issuer, answer["iss"]);
        AssertCharacters(answer["error_description"]);
    }

    [Theory]
    [Trait("Requirement", "RFC9700-2.1.2")]
    [Trait("Requirement", "ASVS-10.4.4")]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("id_token token")]
    [InlineData("code id_token")]
    [InlineData("code token")]
    [InlineData("code id_token token")]
    public async Task A_flow_that_shows_tokens_to_the_browser_is_not_offered(string responseType)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_type"] = responseType }));
        var answer = RelyingParty.Answer(response);

        Assert.StartsWith(RelyingParty.RedirectUri + "#", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("unsupported_response_type", answer["error"]);
        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(PscApp.Issuer, answer["iss"]);
        Assert.False(answer.ContainsKey("code") || answer.ContainsKey("access_token") || answer.ContainsKey("id_token"));
    }

    [Fact]
    [Trait("Requirement", "RFC9700-2.1.1d")]
    [Trait("Requirement", "ASVS-10.4.6")]
    public async Task PKCE_plain_is_refused()
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(
            new() { ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", ["code_challenge_method"] = "plain" })));

        Assert.Equal("invalid_request", answer["error"]);
    }

    [Fact]
    [Trait("Requirement", "RFC9700-2.1.1a")]
    public async Task A_public_client_without_a_challenge_is_refused()
    {
        var rp = await provider.RegisterAsync(client => client.Type = Core.RelyingParties.ClientType.Public);
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl()));

        Assert.Equal("invalid_request", answer["error"]);
        Assert.Contains("code_challenge", answer["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_client_may_be_registered_to_need_a_challenge()
    {
        var rp = await provider.RegisterAsync(client => client.RequirePkce = true);
        using var browser = await provider.SignedInBrowserAsync();

        Assert.Equal("invalid_request", RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl()))["error"]);
    }

    [Fact]
    public async Task A_client_without_the_code_grant_is_refused()
    {
        var rp = await provider.RegisterAsync(client => client.GrantTypes = ["client_credentials"]);
        using var browser = await provider.SignedInBrowserAsync();

        Assert.Equal("unauthorized_client", RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl()))["error"]);
    }

    [Fact]
    [Trait("Requirement", "OIDCC-BASIC")]
    public async Task A_request_object_with_a_good_address_does_not_make_up_for_a_bad_one_outside()
    {
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new()
        {
            ["redirect_uri"] = "https://attaquant.test/callback",
            ["request"] = "eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL3JwLnRlc3QvY2FsbGJhY2sifQ.",
        })));
    }

    [Theory]
    [Trait("Requirement", "T21")]
    [InlineData("scope", "openid")]
    [InlineData("response_type", "code")]
    [InlineData("nonce", "nonce-2")]
    [InlineData("prompt", "none")]
    [InlineData("acr_values", "eidas2")]
    [InlineData("extra", "foobar")]
    public async Task A_parameter_that_comes_twice_is_refused_at_the_relying_party(string parameter, string second)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var url = provider.Rp.AuthorizationUrl(new() { ["prompt"] = "none", ["extra"] = "foo" });
        var answer = RelyingParty.Answer(await browser.FollowAsync($"{url}&{parameter}={second}"));

        Assert.Equal("invalid_request", answer["error"]);
        Assert.Contains(parameter, answer["error_description"], StringComparison.Ordinal);
        Assert.Equal("etat-1", answer["state"]);
    }

    [Theory]
    [Trait("Requirement", "T21")]
    [InlineData("client_id", "rp-2")]
    [InlineData("redirect_uri", "https%3A%2F%2Frp.test%2Fcallback")]
    [InlineData("redirect_uri", "https%3A%2F%2Fattaquant.test%2Fcallback")]
    public async Task A_client_or_address_that_comes_twice_is_refused_on_our_page(string parameter, string second)
    {
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync($"{provider.Rp.AuthorizationUrl()}&{parameter}={second}"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Only_GET_and_POST_are_answered(string method)
    {
        using var browser = await provider.SignedInBrowserAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), provider.Rp.AuthorizationUrl());

        var response = await browser.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Null(response.Headers.Location);
        Assert.InRange((int)response.StatusCode, 400, 405);
    }

    [Fact]
    public async Task A_sign_in_of_another_browser_is_not_taken_up()
    {
        using var victim = provider.App.NewBrowser();
        var signInRequestId = Browser.SignInRequestIdOf(await victim.FollowAsync(provider.Rp.AuthorizationUrl()));
        using var attacker = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await attacker.FollowAsync($"/auth?psc_sign_in={signInRequestId}"));
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_sign_in_that_does_not_exist_is_answered_on_our_page(string signInRequestId)
    {
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync($"/auth?psc_sign_in={signInRequestId}"));
    }

    // RFC 6749, 4.1.2.1: %x20-21 / %x23-5B / %x5D-7E.
    private static void AssertCharacters(string description)
    {
        Assert.NotEmpty(description);
        Assert.Each(description, c => Assert.True(c is >= ' ' and <= '~' and not '"' and not '\\', description));
    }
}
