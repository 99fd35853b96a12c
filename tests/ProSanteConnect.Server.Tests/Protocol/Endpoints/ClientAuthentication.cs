using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.8")]
public sealed class ClientAuthentication(SharedProvider provider)
{
    private string Id => provider.Rp.Client.ClientId;

    private string Secret => provider.Rp.Secret!;

    [Fact]
    public async Task By_the_header() => Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(RelyingParty.Basic(Id, Secret), [])).Status);

    [Fact]
    [Trait("Requirement", "OIDCC-BASIC")]
    public async Task By_the_body() =>
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(null, new() { ["client_id"] = Id, ["client_secret"] = Secret })).Status);

    [Fact]
    public async Task By_both_at_once_as_pmsipilot_does() =>
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(RelyingParty.Basic(Id, Secret), new() { ["client_id"] = Id, ["client_secret"] = Secret })).Status);

    [Fact]
    public async Task By_the_header_with_the_name_repeated_in_the_body() =>
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(RelyingParty.Basic(Id, Secret), new() { ["client_id"] = Id })).Status);

    [Fact]
    public async Task By_a_header_that_was_not_percent_encoded()
    {
        var header = new AuthenticationHeaderValue("basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Id}:{Secret}")));

        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(header, [])).Status);
    }

    [Fact]
    [Trait("Requirement", "RFC6749-2.3")]
    public async Task Different_secrets_in_header_and_body_are_refused()
    {
        var answer = await RedeemAsync(RelyingParty.Basic(Id, Secret), new() { ["client_id"] = Id, ["client_secret"] = "autre" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Error);
    }

    [Fact]
    public async Task Another_client_in_the_body_than_in_the_header_is_refused()
    {
        var other = await provider.RegisterAsync();

        var answer = await RedeemAsync(RelyingParty.Basic(Id, Secret), new() { ["client_id"] = other.Client.ClientId });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    [Theory]
    [InlineData("autre")]
    [InlineData("")]
    public async Task A_wrong_secret_is_answered_401_with_a_challenge(string secret)
    {
        var answer = await RedeemAsync(RelyingParty.Basic(Id, secret), []);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
        Assert.Equal("Basic", answer.Response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task An_unknown_client_is_answered_as_one_with_a_wrong_secret()
    {
        var answer = await RedeemAsync(RelyingParty.Basic("inconnu", Secret), []);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWJj")]
    [InlineData("Basic Og==")]
    public async Task A_header_that_cannot_be_read_is_a_client_error(string header)
    {
        var answer = await RedeemAsync(AuthenticationHeaderValue.Parse(header), []);

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
        Assert.NotEmpty(answer["error_description"]);
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/token/introspect")]
    [InlineData("/revoke")]
    public async Task A_client_that_does_not_authenticate_gets_one_error_at_every_endpoint(string path)
    {
        foreach (var (header, credentials) in new (string?, string)[]
        {
            (null, ""), (null, $"client_id={Id}"), (null, $"client_id={Id}&client_secret="), (null, "client_id=inconnu&client_secret=x"),
            ("Basic", ""), ("Basic !!!", ""), ("Basic Og==", ""), ("Bearer abc", ""), ("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(Id + ":")), ""),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, RelyingParty.Realm + path)
            {
                Content = new StringContent($"grant_type=client_credentials&token=abc&{credentials}", new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
            };
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);

            using var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("invalid_client", (await RelyingParty.JsonAsync(response)).Text("error"));
            Assert.Contains("realm=", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_confidential_client_without_its_secret_is_refused()
    {
        var answer = await RedeemAsync(null, new() { ["client_id"] = Id });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    [Fact]
    public async Task A_public_client_has_no_secret_to_send()
    {
        var rp = await provider.RegisterAsync(client => client.Type = ClientType.Public);

        var answer = await rp.TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = "x", ["client_secret"] = "x" });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_client", answer.Error);
    }

    [Fact]
    [Trait("Requirement", "D5")]
    public async Task A_client_assertion_is_refused_because_it_is_not_offered()
    {
        var answer = await RedeemAsync(null, new()
        {
            ["client_id"] = Id,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = "eyJhbGciOiJub25lIn0.e30.",
        });

        Assert.InRange((int)answer.Status, 400, 401);
        Assert.True(answer.Error is "invalid_client" or "invalid_request");
    }

    [Fact]
    public async Task During_a_rotation_the_old_and_the_new_secret_are_good()
    {
        var next = ClientSecret.Generate();
        var rp = await provider.RegisterAsync(client => client.SecretHashes = [.. client.SecretHashes, next.Hash]);
        var other = new RelyingParty(provider.App, rp.Client, next.Reveal());

        Assert.Equal(HttpStatusCode.OK, (await provider.SignInAsync(rp)).Status);
        Assert.Equal(HttpStatusCode.OK, (await provider.SignInAsync(other)).Status);
    }

    private async Task<TokenAnswer> RedeemAsync(AuthenticationHeaderValue? header, Dictionary<string, string> credentials)
    {
        using var browser = await provider.SignedInBrowserAsync();
        var code = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()))["code"];
        var form = new Dictionary<string, string>(credentials)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RelyingParty.RedirectUri,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, RelyingParty.Realm + "/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = header;
        var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);
        return new TokenAnswer(response, await RelyingParty.JsonAsync(response));
    }
}
