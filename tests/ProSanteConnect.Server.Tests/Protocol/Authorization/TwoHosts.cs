using System.Net;
using System.Web;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Tests.Protocol.Discovery;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>The issuer on one host and the practitioner's pages on another, as Pro Santé Connect has them.</summary>
[Trait("Requirement", "PSC-1.1")]
public sealed class TwoHosts : IAsyncLifetime
{
    private const string Wallet = "https://portail.psc.test";
    private const string Native = PscApp.Issuer + "/protocol/openid-connect/auth";

    private PscApp _app = null!;
    private Practitioner _practitioner = null!;
    private RelyingParty _rp = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync(configure: builder => builder.Configuration["Origins:Wallet"] = Wallet);
        _practitioner = await _app.AddAsync(Build.Practitioner());
        _rp = await RelyingParty.RegisterAsync(_app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_wallets_document_names_the_wallet_for_people_and_the_issuer_for_machines()
    {
        var document = await RelyingParty.JsonAsync(await _app.Http().GetAsync(DiscoveryDocuments.Wallet, TestContext.Current.CancellationToken));

        Assert.Equal(Wallet + "/auth", document.Text("authorization_endpoint"));
        Assert.Equal(PscApp.Issuer, document.Text("issuer"));
        Assert.Equal(PscApp.Issuer + "/protocol/openid-connect/token", document.Text("token_endpoint"));
    }

    [Fact]
    [Trait("Requirement", "PSC-1.3")]
    public async Task The_realm_answers_on_the_wallet_too_and_under_the_same_issuer()
    {
        var document = await RelyingParty.JsonAsync(
            await _app.Http(Wallet).GetAsync(DiscoveryDocuments.Wallet, TestContext.Current.CancellationToken));

        Assert.Equal(PscApp.Issuer, document.Text("issuer"));
        Assert.Equal(PscApp.Issuer + "/protocol/openid-connect/token", document.Text("token_endpoint"));
    }

    [Theory]
    [Trait("Requirement", "PSC-1.3")]
    [InlineData(Wallet, PscApp.Origin, PscApp.Origin)]
    [InlineData(Wallet, Wallet, Wallet)]
    [InlineData(Wallet, Wallet, PscApp.Origin)]
    public async Task A_relying_party_redeems_and_reads_on_either_host(string page, string token, string userInfo)
    {
        using var browser = _app.NewBrowser();

        var answer = RelyingParty.Answer(await _rp.ApproveAsync(
            browser, _practitioner, await browser.FollowAsync(_rp.AuthorizationUrl(path: page + "/auth"))));
        var tokens = await _rp.RedeemAsync(answer["code"], http: _app.Http(token));
        var response = await _rp.UserInfoAsync(tokens.AccessToken, _app.Http(userInfo));

        Assert.Equal(PscApp.Issuer, answer["iss"]);
        Assert.Equal(PscApp.Issuer, RelyingParty.Payload(tokens.IdToken).Text("iss"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(Native)]
    [InlineData(PscApp.Origin + "/auth")]
    public async Task The_authorization_page_of_the_issuer_sends_the_browser_to_the_wallet_with_the_same_request(string path)
    {
        using var browser = _app.NewBrowser();

        var response = await browser.Http.GetAsync(
            _rp.AuthorizationUrl(new() { ["state"] = "é &=#+/?", ["extra"] = "foobar" }, path), TestContext.Current.CancellationToken);
        var target = response.Headers.Location!;
        var query = HttpUtility.ParseQueryString(target.Query);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(Wallet + "/auth", target.GetLeftPart(UriPartial.Path));
        Assert.Equal("é &=#+/?", query["state"]);
        Assert.Equal("foobar", query["extra"]);
        Assert.Equal(RelyingParty.RedirectUri, query["redirect_uri"]);
    }

    [Fact]
    public async Task A_sign_in_that_begins_at_the_issuers_page_ends_with_tokens()
    {
        using var browser = _app.NewBrowser();

        var answer = RelyingParty.Answer(await _rp.ApproveAsync(
            browser, _practitioner, await browser.FollowAsync(_rp.AuthorizationUrl(path: Native))));

        Assert.Equal(HttpStatusCode.OK, (await _rp.RedeemAsync(answer["code"])).Status);
    }

    [Fact]
    public async Task No_cookie_of_a_practitioner_is_ever_set_on_the_issuers_host()
    {
        using var browser = _app.NewBrowser();

        await _rp.ApproveAsync(browser, _practitioner, await browser.FollowAsync(_rp.AuthorizationUrl(path: Native)));

        Assert.Empty(browser.Cookies.GetCookies(new Uri(PscApp.Origin)));
        Assert.NotEmpty(browser.Cookies.GetCookies(new Uri(Wallet)));
    }

    [Theory]
    [Trait("Requirement", "RFC9700-4.11.2")]
    [InlineData(Native)]
    [InlineData(Wallet + "/auth")]
    public async Task An_unregistered_redirect_URI_is_refused_on_both_hosts(string path)
    {
        using var browser = _app.NewBrowser();

        var response = await browser.FollowAsync(_rp.AuthorizationUrl(new() { ["redirect_uri"] = "https://rp.test/autre" }, path));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    [Trait("Requirement", "T22")]
    public async Task The_Host_header_of_a_caller_changes_no_address_in_the_document()
    {
        var document = await RelyingParty.JsonAsync(
            await _app.Http("https://attaquant.test").GetAsync(DiscoveryDocuments.Wallet, TestContext.Current.CancellationToken));

        Assert.DoesNotContain("attaquant", document.ToString(), StringComparison.Ordinal);
    }
}
