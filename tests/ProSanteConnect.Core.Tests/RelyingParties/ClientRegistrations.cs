using CsCheck;
using ProSanteConnect.Core.RelyingParties;

namespace ProSanteConnect.Core.Tests.RelyingParties;

public sealed class ClientRegistrations
{
    private static readonly ClientRegistration Confidential = new()
    {
        ClientId = "mon-logiciel",
        Name = "Mon logiciel",
        RedirectUris = ["https://logiciel.example/callback"],
    };

    private static readonly ClientRegistration Public = Confidential with { Type = ClientType.Public };

    [Fact]
    public void What_existing_relying_parties_need_is_the_default()
    {
        Assert.Empty(ClientRules.Check(Confidential));
        Assert.Empty(ClientRules.Check(Public));
        Assert.Equal(["authorization_code", "refresh_token"], Confidential.GrantTypes);
    }

    [Theory]
    [InlineData("cnam-webps-dmp")]
    [InlineData("ans-poc-esignsante-bas")]
    [InlineData("0d9f7e38-2c62-4b5c-9d75-7d1a2f9f7c11")]
    [InlineData("App.v2_test~1")]
    public void Client_ids_in_use_are_accepted(string clientId) => Assert.Empty(ClientRules.Check(Confidential with { ClientId = clientId }));

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("mon logiciel")]
    [InlineData("mon:logiciel")]
    [InlineData("500000001815646/CPAT00045")]
    [InlineData("f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:899700427885")]
    [InlineData("logiciel-médical")]
    [InlineData("mon-logiciel\n")]
    public void A_client_id_of_other_characters_is_refused(string clientId) =>
        Assert.Contains(ClientRules.Check(Confidential with { ClientId = clientId }), failure => failure.Property == "clientId");

    [Theory]
    [Trait("Requirement", "RFC9700-4.15.1")]
    [InlineData("899700427885")]
    [InlineData("0123456789")]
    [InlineData("8-99700427885")]
    public void A_client_id_cannot_pass_for_a_person(string clientId)
    {
        var failure = Assert.Single(ClientRules.Check(Confidential with { ClientId = clientId }));

        Assert.Contains("identifiant national", failure.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Mon\nlogiciel")]
    public void A_name_that_nobody_can_read_is_refused(string name) =>
        Assert.Equal("name", Assert.Single(ClientRules.Check(Confidential with { Name = name })).Property);

    [Theory]
    [InlineData("https://logiciel.example/callback")]
    [InlineData("https://logiciel.example/callback/")]
    [InlineData("https://logiciel.example:8443/callback?dummy1=lorem&dummy2=ipsum")]
    [InlineData("https://keycloak.example/auth/realms/r/broker/psc/endpoint")]
    [InlineData("https://192.0.2.7/retour%20ici")]
    [InlineData("http://localhost:3000/callback")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]:5000/signin-oidc")]
    public void Addresses_in_use_are_accepted(string uri) =>
        Assert.Empty(ClientRules.Check(Confidential with { RedirectUris = [uri], PostLogoutRedirectUris = [uri] }));

    [Theory]
    [Trait("Requirement", "RFC9700-2.1a")]
    [InlineData("/callback")]
    [InlineData("logiciel.example/callback")]
    [InlineData("//logiciel.example/callback")]
    [InlineData("https://")]
    [InlineData("https:/logiciel.example/callback")]
    [InlineData("HTTPS://logiciel.example/callback")]
    [InlineData("https://logiciel.example/callback#")]
    [InlineData("https://logiciel.example/callback#fragment")]
    [InlineData("https://*.logiciel.example/callback")]
    [InlineData("https://logiciel.example/*")]
    [InlineData("https://praticien@logiciel.example/callback")]
    [InlineData("https://logiciel.example/call back")]
    [InlineData("https://logiciel.example\\callback")]
    [InlineData("https://logiciel.example/retour%2")]
    [InlineData("https://hôpital.example/callback")]
    [InlineData("http://logiciel.example/callback")]
    [InlineData("http://localhost.logiciel.example/callback")]
    [InlineData("http://127.0.0.1.nip.example/callback")]
    [InlineData("http://loopback/callback")]
    [InlineData("http://127.1/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("com.example.app:/callback")]
    public void Addresses_that_leave_something_to_interpret_are_refused(string uri)
    {
        Assert.Equal("redirectUris", Assert.Single(ClientRules.Check(Confidential with { RedirectUris = [uri] })).Property);
        Assert.Equal("postLogoutRedirectUris", Assert.Single(ClientRules.Check(Confidential with { PostLogoutRedirectUris = [uri] })).Property);
    }

    [Fact]
    public void No_text_that_is_accepted_leaves_its_origin_in_doubt() =>
        Gen.String[Gen.Char["htps:/lo.aex0*#@\\ %2é?[]"], 0, 30].Select(end => "http" + end).Sample(text =>
        {
            if (RegisteredUri.FaultOf(text, isNative: false) is not null) return;

            var uri = new Uri(text);
            Assert.True(uri.Scheme == "https" || uri.IsLoopback);
            Assert.StartsWith($"{uri.Scheme}://{text.Split('/', '?')[2]}", text, StringComparison.Ordinal);
            Assert.Equal("", uri.Fragment);
            Assert.Equal("", uri.UserInfo);
        }, iter: 20_000);

    [Theory]
    [InlineData("grantTypes", "urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("grantTypes", "password")]
    [InlineData("grantTypes", "implicit")]
    public void Grant_types_that_do_not_work_here_cannot_be_registered(string property, string grantType)
    {
        var failures = ClientRules.Check(Confidential with { GrantTypes = ["authorization_code", grantType] });

        Assert.Equal(property, Assert.Single(failures).Property);
    }

    [Fact]
    public void A_code_needs_somewhere_to_go() =>
        Assert.Equal("redirectUris", Assert.Single(ClientRules.Check(Confidential with { RedirectUris = [] })).Property);

    [Fact]
    public void A_refresh_token_comes_from_a_code() =>
        Assert.Equal("grantTypes", Assert.Single(ClientRules.Check(Confidential with { GrantTypes = ["refresh_token", "client_credentials"] })).Property);

    [Fact]
    public void Only_a_resource_server_needs_no_grant_type()
    {
        var none = Confidential with { GrantTypes = [], RedirectUris = [] };

        Assert.Equal("grantTypes", Assert.Single(ClientRules.Check(none)).Property);
        Assert.Empty(ClientRules.Check(none with { MayIntrospectOthers = true }));
    }

    [Theory]
    [InlineData("openid scope_all")]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("identité")]
    public void A_scope_is_one_token(string scope) =>
        Assert.Equal("scopes", Assert.Single(ClientRules.Check(Confidential with { Scopes = ["openid", scope] })).Property);

    [Fact]
    public void What_is_said_twice_is_refused()
    {
        var failures = ClientRules.Check(Confidential with
        {
            RedirectUris = ["https://a.example/", "https://a.example/"],
            GrantTypes = ["authorization_code", "authorization_code"],
            Scopes = ["openid", "openid"],
        });

        Assert.Equal(["grantTypes", "redirectUris", "scopes"], failures.Select(failure => failure.Property));
    }

    [Fact]
    [Trait("Requirement", "RFC9700-2.1.1a")]
    public void A_public_client_has_no_secret_and_what_follows_from_it()
    {
        var failures = ClientRules.Check(Public with
        {
            GrantTypes = ["authorization_code", "client_credentials"],
            RequirePkce = false,
            StrictRefreshRotation = false,
            MayIntrospectOthers = true,
        });

        Assert.Equal(
            ["grantTypes", "requirePkce", "strictRefreshRotation", "mayIntrospectOthers"],
            failures.Select(failure => failure.Property));
    }

    [Fact]
    public void All_failures_are_told_at_once()
    {
        var failures = ClientRules.Check(new ClientRegistration
        {
            ClientId = "8",
            Name = "",
            RedirectUris = ["http://a.example/", "b"],
            GrantTypes = ["password"],
            Scopes = [" "],
        });

        Assert.Equal(
            ["clientId", "clientId", "name", "grantTypes", "redirectUris", "redirectUris", "scopes"],
            failures.Select(failure => failure.Property));
    }
}
