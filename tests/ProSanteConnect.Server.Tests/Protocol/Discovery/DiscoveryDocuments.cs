using System.Net;
using System.Text.Json;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Discovery;

[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.2")]
public sealed class DiscoveryDocuments(SharedProvider provider)
{
    public const string Wallet = "/auth/realms/esante-wallet/.well-known/wallet-openid-configuration";
    public const string Standard = "/auth/realms/esante-wallet/.well-known/openid-configuration";
    private const string Realm = PscApp.Issuer + "/protocol/openid-connect";

    [Theory]
    [Trait("Requirement", "RFC9700-2.6b")]
    [InlineData(Wallet)]
    [InlineData(Standard)]
    [Trait("Requirement", "OIDCC-CONFIG")]
    public async Task Each_document_is_JSON_that_names_the_issuer_it_lies_under(string path)
    {
        var response = await provider.App.Http().GetAsync(path, TestContext.Current.CancellationToken);
        var document = await RelyingParty.JsonAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(PscApp.Issuer, document.Text("issuer"));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.1")]
    public async Task The_documents_differ_in_the_authorization_page_only()
    {
        var wallet = Members(await DocumentAsync(Wallet));
        var standard = Members(await DocumentAsync(Standard));

        Assert.Equal($"\"{PscApp.Origin}/auth\"", wallet["authorization_endpoint"]);
        Assert.Equal($"\"{Realm}/auth\"", standard["authorization_endpoint"]);
        Assert.True(wallet.Remove("authorization_endpoint") && standard.Remove("authorization_endpoint"));
        Assert.Equal(wallet, standard);
    }

    [Theory]
    [InlineData("token_endpoint", "/token")]
    [InlineData("introspection_endpoint", "/token/introspect")]
    [InlineData("userinfo_endpoint", "/userinfo")]
    [InlineData("end_session_endpoint", "/logout")]
    [InlineData("jwks_uri", "/certs")]
    [InlineData("revocation_endpoint", "/revoke")]
    public async Task An_endpoint_lies_where_Keycloak_has_it(string member, string path) =>
        Assert.Equal(Realm + path, (await DocumentAsync(Wallet)).Text(member));

    [Theory]
    [Trait("Requirement", "PSC-1.12")]
    [InlineData("grant_types_supported", "authorization_code client_credentials refresh_token")]
    [InlineData("response_types_supported", "code")]
    [InlineData("response_modes_supported", "form_post fragment query")]
    [InlineData("subject_types_supported", "public")]
    [InlineData("id_token_signing_alg_values_supported", "RS256")]
    [InlineData("code_challenge_methods_supported", "S256")]
    [InlineData("token_endpoint_auth_methods_supported", "client_secret_basic client_secret_post none")]
    [InlineData("introspection_endpoint_auth_methods_supported", "client_secret_basic client_secret_post")]
    [InlineData("revocation_endpoint_auth_methods_supported", "client_secret_basic client_secret_post none")]
    [InlineData("acr_values_supported", "eidas1 eidas2")]
    [InlineData("prompt_values_supported", "consent login none select_account")]
    [InlineData("claim_types_supported", "normal")]
    [InlineData("ui_locales_supported", "en fr")]
    public async Task A_list_states_what_is_offered_and_nothing_else(string member, string values) =>
        Assert.Equal(values, string.Join(' ', (await DocumentAsync(Wallet)).Texts(member).Order(StringComparer.Ordinal)));

    [Theory]
    [Trait("Requirement", "PSC-1.12")]
    [InlineData("claims_parameter_supported", false)]
    [InlineData("request_parameter_supported", false)]
    [InlineData("request_uri_parameter_supported", false)]
    [InlineData("authorization_response_iss_parameter_supported", true)]
    public async Task A_switch_states_the_truth(string member, bool value) =>
        Assert.Equal(value, (await DocumentAsync(Wallet)).GetProperty(member).GetBoolean());

    [Theory]
    [Trait("Requirement", "PSC-1.12")]
    [InlineData("backchannel_authentication_endpoint")]
    [InlineData("backchannel_logout_supported")]
    [InlineData("check_session_iframe")]
    [InlineData("device_authorization_endpoint")]
    [InlineData("frontchannel_logout_supported")]
    [InlineData("mtls_endpoint_aliases")]
    [InlineData("pushed_authorization_request_endpoint")]
    [InlineData("registration_endpoint")]
    [InlineData("require_pushed_authorization_requests")]
    [InlineData("tls_client_certificate_bound_access_tokens")]
    [InlineData("userinfo_signing_alg_values_supported")]
    public async Task What_does_not_work_is_not_spoken_of(string member) => Assert.False((await DocumentAsync(Wallet)).Has(member));

    [Fact]
    [Trait("Requirement", "PSC-1.12")]
    public async Task Offline_access_is_no_scope_because_no_token_outlives_its_session()
    {
        var scopes = (await DocumentAsync(Wallet)).Texts("scopes_supported");

        Assert.Contains("openid", scopes);
        Assert.Contains("scope_all", scopes);
        Assert.DoesNotContain("offline_access", scopes);
    }

    [Fact]
    [Trait("Requirement", "PSC-1.14")]
    public async Task Every_published_key_has_an_identifier_of_its_own_and_says_what_it_is_for()
    {
        var keys = (await DocumentAsync("/auth/realms/esante-wallet/protocol/openid-connect/certs")).GetProperty("keys").EnumerateArray().ToArray();

        Assert.NotEmpty(keys);
        Assert.Equal(keys.Length, keys.Select(key => key.Text("kid")).Distinct().Count());
        Assert.Each(keys, key =>
        {
            Assert.Equal("sig", key.Text("use"));
            Assert.Equal("RS256", key.Text("alg"));
            Assert.Equal("RSA", key.Text("kty"));
            Assert.NotEmpty(key.Text("kid"));
        });
    }

    [Fact]
    [Trait("Requirement", "OIDCC-2.0")]
    public async Task No_published_key_has_a_private_part()
    {
        var keys = (await DocumentAsync("/auth/realms/esante-wallet/protocol/openid-connect/certs")).GetProperty("keys").EnumerateArray();

        Assert.Each(keys, key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.Names()));
    }

    [Fact]
    public async Task The_key_set_may_be_kept_for_a_few_minutes()
    {
        var response = await provider.App.Http().GetAsync(
            "/auth/realms/esante-wallet/protocol/openid-connect/certs", TestContext.Current.CancellationToken);

        Assert.InRange(response.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15));
    }

    private async Task<JsonElement> DocumentAsync(string path) =>
        await RelyingParty.JsonAsync(await provider.App.Http().GetAsync(path, TestContext.Current.CancellationToken));

    private static Dictionary<string, string> Members(JsonElement document) =>
        document.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText());
}
