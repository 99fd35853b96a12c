using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>The address that an answer goes to is compared character by character (RFC 9700, 2.1 and 4.11.2).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "T12")]
public sealed class RedirectUris(SharedProvider provider)
{
    private const string WithQuery = "https://rp.test/retour?dummy1=lorem&dummy2=ipsum";

    public static TheoryData<string> Variants() =>
    [
        // Path
        "https://rp.test/callback/",
        "https://rp.test/callback/../callback",
        "https://rp.test/callback/%2e%2e/admin",
        "https://rp.test/./callback",
        "https://rp.test//callback",
        "https://rp.test/Callback",
        "https://rp.test/CALLBACK",
        "https://rp.test/callbac",
        "https://rp.test/callback2",
        "https://rp.test/callback/suite",
        "https://rp.test/%63allback",
        "https://rp.test/callback%2f",
        "https://rp.test/callback%2F..%2Fadmin",
        "https://rp.test/callback%00",
        "https://rp.test/callback%0d%0aSet-Cookie:a=b",
        "https://rp.test/callback%20",
        "https://rp.test/callback ",
        " https://rp.test/callback",
        "https://rp.test/callback;a=b",
        "https://rp.test",
        "https://rp.test/",
        // Query and fragment
        "https://rp.test/callback?",
        "https://rp.test/callback?a=b",
        "https://rp.test/callback?next=https://attaquant.test",
        "https://rp.test/callback?code=x",
        "https://rp.test/callback#",
        "https://rp.test/callback#fragment",
        "https://rp.test/retour?dummy1=lorem",
        "https://rp.test/retour?dummy2=ipsum&dummy1=lorem",
        "https://rp.test/retour?dummy1=lorem&dummy2=ipsum&dummy3=dolor",
        "https://rp.test/retour?dummy1=lorem&amp;dummy2=ipsum",
        "https://rp.test/retour",
        // Host
        "https://RP.test/callback",
        "https://rp.TEST/callback",
        "https://rp.test./callback",
        "https://rp.test.attaquant.test/callback",
        "https://attaquant.test/callback",
        "https://attaquant.test/https://rp.test/callback",
        "https://attaquant.test?https://rp.test/callback",
        "https://attaquant.test#https://rp.test/callback",
        "https://www.rp.test/callback",
        "https://rptest/callback",
        "https://rр.test/callback",
        "https://xn--r-ltb.test/callback",
        "https://rp。test/callback",
        "https://rp%2etest/callback",
        "https://[::1]/callback",
        "https://127.0.0.1/callback",
        // Port
        "https://rp.test:443/callback",
        "https://rp.test:8443/callback",
        "https://rp.test:/callback",
        // User information
        "https://rp.test@attaquant.test/callback",
        "https://rp.test:443@attaquant.test/callback",
        "https://nom@rp.test/callback",
        "https://nom:secret@rp.test/callback",
        "https://attaquant.test\\@rp.test/callback",
        "https://attaquant.test%5C@rp.test/callback",
        // Scheme
        "http://rp.test/callback",
        "HTTPS://rp.test/callback",
        "//rp.test/callback",
        "/callback",
        "callback",
        "https:rp.test/callback",
        "https:/rp.test/callback",
        "https:\\\\rp.test\\callback",
        "https://rp.test\\callback",
        "javascript:alert(1)",
        "data:text/html,bonjour",
        "file:///etc/passwd",
        "fr.exemple.rp:/callback",
        // More than one, and none
        "https://rp.test/callback https://attaquant.test/",
        "https://rp.test/callback,https://attaquant.test/",
        "*",
        "null",
    ];

    [Theory]
    [Trait("Requirement", "ASVS-3.7.2")]
    [Trait("Requirement", "ASVS-10.4.1")]
    [MemberData(nameof(Variants))]
    [Trait("Requirement", "RFC9700-2.1a")]
    public async Task A_variant_of_the_registered_address_is_refused_on_our_page_and_never_followed(string variant)
    {
        var rp = await RegisteredAsync();
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var prompt in new[] { null, "none" })
        {
            var response = await browser.FollowAsync(rp.AuthorizationUrl(new() { ["redirect_uri"] = variant, ["prompt"] = prompt }));

            await ErrorPage.AssertAsync(response);
        }
    }

    [Fact]
    [Trait("Requirement", "OIDC-3.1.2.1")]
    public async Task No_address_is_refused_too_also_where_a_single_one_is_registered_and_openid_is_not_asked_for()
    {
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var scope in new[] { "openid", "scope_all" })
        {
            var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["redirect_uri"] = null, ["scope"] = scope }));

            await ErrorPage.AssertAsync(response);
        }
    }

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "")]
    [InlineData("client_id", "inconnu")]
    [InlineData("client_id", "RP-1")]
    [InlineData("client_id", "rp-1' OR '1'='1")]
    [Trait("Requirement", "RFC9700-4.11.2")]
    public async Task A_client_that_is_not_known_is_refused_on_our_page(string parameter, string? value)
    {
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { [parameter] = value })));
    }

    [Fact]
    public async Task An_address_of_another_client_is_refused()
    {
        var other = await provider.RegisterAsync(client => client.RedirectUris = ["https://autre.test/callback"]);
        using var browser = await provider.SignedInBrowserAsync();

        await ErrorPage.AssertAsync(await browser.FollowAsync(other.AuthorizationUrl()));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    [Trait("Requirement", "OIDCC-2.0")]
    public async Task A_registered_query_is_preserved(string mode)
    {
        var rp = await RegisteredAsync();
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(rp.AuthorizationUrl(new() { ["redirect_uri"] = WithQuery, ["response_mode"] = mode }));
        var code = RelyingParty.Answer(response)["code"];

        Assert.StartsWith(WithQuery + (mode == "query" ? "&" : "#"), response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await rp.RedeemAsync(code, new() { ["redirect_uri"] = WithQuery })).Status);
    }

    [Fact]
    [Trait("Requirement", "OIDCC-FORMPOST")]
    public async Task A_registered_query_is_preserved_in_the_form_too()
    {
        var rp = await RegisteredAsync();
        using var browser = await provider.SignedInBrowserAsync();

        var form = await FormPost.OfAsync(
            await browser.FollowAsync(rp.AuthorizationUrl(new() { ["redirect_uri"] = WithQuery, ["response_mode"] = "form_post" })));

        Assert.Equal(WithQuery, form.Action);
    }

    private Task<RelyingParty> RegisteredAsync() => provider.RegisterAsync(client => client.RedirectUris = [RelyingParty.RedirectUri, WithQuery]);
}
