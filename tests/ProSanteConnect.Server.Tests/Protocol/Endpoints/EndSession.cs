using System.Net;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Server.Tests.Pages;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>RP-initiated logout in the variants that existing clients use (psc-protocol §7).</summary>
[Trait("Requirement", "PSC-1.9")]
public sealed class EndSession : IAsyncLifetime
{
    private const string Goodbye = "https://rp.test/au-revoir";

    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private Browser _browser = null!;
    private Practitioner _practitioner = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _browser = _app.NewBrowser();
        _practitioner = await _app.AddAsync(Build.Practitioner());
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_server_that_sends_the_hint_alone_is_answered_2xx_and_the_session_is_over(string method)
    {
        var tokens = await SignInAsync();

        var answer = await SendAsync(_app.Http(), method, new() { ["id_token_hint"] = tokens.IdToken });

        Assert.True(answer.IsSuccessStatusCode);
        await AssertOverAsync(tokens);
    }

    [Theory]
    [Trait("Requirement", "OIDCC-LOGOUT")]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_browser_with_the_hint_and_an_address_goes_back_there_with_its_state(string method)
    {
        var tokens = await SignInAsync();

        var answer = await SendAsync(
            _browser.Http, method, new() { ["id_token_hint"] = tokens.IdToken, ["post_logout_redirect_uri"] = Goodbye, ["state"] = "a b&c" });

        Assert.Equal($"{Goodbye}?state=a%20b%26c", answer.Headers.Location!.AbsoluteUri.Replace("+", "%20", StringComparison.Ordinal));
        await AssertOverAsync(tokens);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.Http.GetAsync("/mon-compte", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_hint_that_has_expired_still_names_its_session()
    {
        var tokens = await SignInAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(10));

        var answer = await SendAsync(_browser.Http, "GET", new() { ["id_token_hint"] = tokens.IdToken, ["post_logout_redirect_uri"] = Goodbye });

        Assert.Equal(Goodbye, answer.Headers.Location!.AbsoluteUri);
        await AssertOverAsync(tokens);
    }

    [Theory]
    [Trait("Requirement", "T13")]
    [Trait("Requirement", "OIDCC-LOGOUT")]
    [InlineData("client_id", "rp-test", "post_logout_redirect_uri", Goodbye)]
    [InlineData("client_id", "rp-test", null, null)]
    [InlineData(null, null, null, null)]
    public async Task Without_a_hint_the_practitioner_is_asked_first(string? name, string? value, string? otherName, string? otherValue)
    {
        var tokens = await SignInAsync();
        var sent = new Dictionary<string, string?>();
        if (name is not null) sent[name] = value;
        if (otherName is not null) sent[otherName] = otherValue;

        var answer = await SendAsync(_browser.Http, "GET", sent);
        var question = await HtmlPage.OpenAsync(_browser, answer.Headers.Location!.ToString());

        Assert.Equal("Voulez-vous vous déconnecter de toutes les applications ?", question.Heading);
        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);

        var confirmed = await question.PressAsync(_browser, "#se-deconnecter");
        Assert.Equal(otherValue ?? "/deconnexion/terminee", confirmed.Headers.Location!.ToString());
        await AssertOverAsync(tokens);
    }

    [Fact]
    [Trait("Requirement", "T13")]
    public async Task The_hint_of_somebody_elses_session_ends_neither()
    {
        var tokens = await SignInAsync();
        using var other = _app.NewBrowser();
        var stranger = await _app.AddAsync(Build.Practitioner("898765000025"));
        var code = (await _rp.SignInAsync(other, stranger))["code"];
        var strangers = await _rp.RedeemAsync(code);

        var answer = await SendAsync(_browser.Http, "GET", new() { ["id_token_hint"] = strangers.IdToken });

        Assert.Equal("/deconnexion", answer.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(strangers.AccessToken)).StatusCode);
    }

    [Theory]
    [Trait("Requirement", "T12")]
    [Trait("Requirement", "OIDCC-LOGOUT")]
    [InlineData("https://evil.test/")]
    [InlineData("https://rp.test/au-revoir/")]
    [InlineData("https://rp.test/au-revoir?x=1")]
    [InlineData("https://RP.test/au-revoir")]
    [InlineData("http://rp.test/au-revoir")]
    public async Task An_address_that_is_not_registered_is_never_followed(string address)
    {
        var tokens = await SignInAsync();

        var answer = await SendAsync(_browser.Http, "GET", new() { ["id_token_hint"] = tokens.IdToken, ["post_logout_redirect_uri"] = address });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
    }

    [Theory]
    [Trait("Requirement", "T18")]
    [InlineData("a.b.c")]
    [InlineData("x")]
    public async Task A_hint_that_is_no_token_of_ours_ends_nothing(string hint)
    {
        var tokens = await SignInAsync();

        await SendAsync(_browser.Http, "GET", new() { ["id_token_hint"] = hint });

        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
    }

    [Fact]
    [Trait("Requirement", "T18")]
    public async Task An_access_token_is_no_hint()
    {
        var tokens = await SignInAsync();

        await SendAsync(_browser.Http, "GET", new() { ["id_token_hint"] = tokens.AccessToken });

        Assert.Equal(HttpStatusCode.OK, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
    }

    [Fact]
    public async Task An_address_sent_without_URL_encoding_is_understood()
    {
        var tokens = await SignInAsync();

        var answer = await _browser.Http.GetAsync(
            $"{RelyingParty.Realm}/logout?id_token_hint={tokens.IdToken}&post_logout_redirect_uri={Goodbye}", TestContext.Current.CancellationToken);

        Assert.Equal(Goodbye, answer.Headers.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task The_question_is_asked_in_the_language_that_the_relying_party_wants()
    {
        await SignInAsync();

        var answer = await SendAsync(_browser.Http, "GET", new() { ["client_id"] = "rp-test", ["ui_locales"] = "en" });
        var question = await HtmlPage.OpenAsync(_browser, answer.Headers.Location!.ToString());

        Assert.Equal("Do you want to sign out of all applications?", question.Heading);
    }

    private async Task<TokenAnswer> SignInAsync() => await _rp.RedeemAsync((await _rp.SignInAsync(_browser, _practitioner))["code"]);

    [Fact]
    public async Task A_server_that_posts_its_refresh_token_as_to_Keycloak_ends_the_session()
    {
        var tokens = await SignInAsync();

        var answer = await _rp.PostAsync("/logout", new() { ["refresh_token"] = tokens.RefreshToken });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await AssertOverAsync(tokens);
    }

    [Fact]
    public async Task A_refresh_token_ends_no_session_without_the_credentials_of_its_client()
    {
        var stranger = await RelyingParty.RegisterAsync(_app, clientId: "autre-logiciel");
        var tokens = await SignInAsync();

        var anonymous = await SendAsync(_app.Http(), "POST", new() { ["refresh_token"] = tokens.RefreshToken, ["client_id"] = _rp.Client.ClientId });
        var wrong = await SendAsync(_app.Http(), "POST", new() { ["refresh_token"] = tokens.RefreshToken, ["client_id"] = _rp.Client.ClientId, ["client_secret"] = "x" });
        var other = await stranger.PostAsync("/logout", new() { ["refresh_token"] = tokens.RefreshToken });
        var access = await _rp.PostAsync("/logout", new() { ["refresh_token"] = tokens.AccessToken });

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [anonymous.StatusCode, wrong.StatusCode, other.StatusCode, access.StatusCode]);
        Assert.Equal("invalid_grant", (await RelyingParty.JsonAsync(other)).Text("error"));
        Assert.Equal(HttpStatusCode.OK, (await _rp.RefreshAsync(tokens.RefreshToken)).Status);
    }

    private async Task AssertOverAsync(TokenAnswer tokens)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _rp.UserInfoAsync(tokens.AccessToken)).StatusCode);
        Assert.Equal("invalid_grant", (await _rp.RefreshAsync(tokens.RefreshToken)).Error);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, string method, Dictionary<string, string?> parameters) => method == "POST"
        ? http.PostAsync(RelyingParty.Realm + "/logout", new FormUrlEncodedContent(parameters!), TestContext.Current.CancellationToken)
        : http.GetAsync(
            RelyingParty.Realm + "/logout?" + string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}")),
            TestContext.Current.CancellationToken);
}
