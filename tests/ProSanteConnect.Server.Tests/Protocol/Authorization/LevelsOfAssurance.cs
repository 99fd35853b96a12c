using System.Net;
using ProSanteConnect.Core.SignIn;
using ProSanteConnect.Server.Tests.Pages;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

/// <summary>The level of assurance that is requested, reached and told (psc-protocol §13, D11 and D16).</summary>
public sealed class LevelsOfAssurance(SharedProvider provider) : IClassFixture<SharedProvider>
{
    [Theory]
    [InlineData("acr_values", "eidas1", "1")]
    [InlineData("acr_values", "eidas2", "2")]
    [InlineData("acr_values", "eidas2 eidas1", "1")]
    [InlineData("acr_values", "eidas9 eidas1", "1")]
    [InlineData("acr_values", "eidas3 eidas2", "2")]
    [InlineData("acr_values", "", "1")]
    [InlineData("acr", "eidas1", "1")]
    [InlineData("acr", "eidas2", "2")]
    public async Task A_card_reaches_eidas2_whatever_was_requested(string parameter, string requested, string level)
    {
        var tokens = await provider.SignInAsync(parameters: new() { ["acr_values"] = null, [parameter] = requested });
        var idToken = RelyingParty.Payload(tokens.IdToken);

        Assert.Equal(("eidas2", level), (idToken.Text("acr"), idToken.Text("auth_level")));
        Assert.Equal("openid profile scope_all identity", idToken.Text("scope"));
        Assert.Equal("eidas3", RelyingParty.Payload(tokens.AccessToken).Text("acr"));
    }

    [Theory]
    [InlineData("eidas1", "eidas1")]
    [InlineData("eidas2", "eidas2")]
    [InlineData("eidas3", "eidas3")]
    [InlineData("eidas2 eidas1", "eidas2")]
    [InlineData("", "eidas1")]
    public async Task A_client_of_2023_gets_the_level_that_it_requested(string requested, string echoed)
    {
        var rp = await RelyingParty.RegisterAsync(provider.App, client => client.EchoRequestedAcr = true, $"rp-{Guid.NewGuid():N}");
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(rp.AuthorizationUrl(new() { ["acr_values"] = requested })));

        Assert.Equal(echoed, RelyingParty.Payload((await rp.RedeemAsync(answer["code"])).IdToken).Text("acr"));
    }

    [Theory]
    [Trait("Requirement", "EXI-PSC-6")]
    [InlineData("acr_values", "eidas4")]
    [InlineData("acr_values", "EIDAS1")]
    [InlineData("acr_values", "0")]
    [InlineData("acr", "eidas9")]
    [InlineData("acr_values", "eidas3")]
    public async Task A_request_for_unknown_levels_alone_is_refused_at_the_relying_party(string parameter, string requested)
    {
        using var browser = provider.App.NewBrowser();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["acr_values"] = null, [parameter] = requested }));
        var answer = RelyingParty.Answer(response);

        Assert.StartsWith(RelyingParty.RedirectUri, response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_request", answer["error"]);
        Assert.Contains("acr_values", answer["error_description"], StringComparison.Ordinal);
        Assert.Equal("etat-1", answer["state"]);
    }

    [Fact]
    public async Task An_operator_may_have_unknown_levels_taken_as_eidas1()
    {
        await using var app = await PscApp.StartAsync(configure: builder => builder.Configuration["Protocol:RefuseUnknownAcr"] = "false");
        var practitioner = await app.AddAsync(Build.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var answer = await rp.SignInAsync(browser, practitioner, new() { ["acr_values"] = "eidas9" });

        Assert.Equal("1", RelyingParty.Payload((await rp.RedeemAsync(answer["code"])).IdToken).Text("auth_level"));
    }
}

/// <summary>An e-CPS reaches eidas1 and no more (psc-protocol §13, D16).</summary>
public sealed class LevelOfAnECps : IAsyncLifetime
{
    private PscApp _app = null!;
    private RelyingParty _rp = null!;
    private RulesPhone _phone = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await PscApp.StartAsync();
        _rp = await RelyingParty.RegisterAsync(_app);
        _phone = await RulesPhone.ActivateAsync(_app);
        _browser = _app.NewBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("eidas1")]
    [InlineData("eidas2 eidas1")]
    public async Task An_e_CPS_satisfies_eidas1(string requested)
    {
        var tokens = await SignInByPhoneAsync(requested);

        Assert.Equal("eidas1", RelyingParty.Payload(tokens.IdToken).Text("acr"));
        Assert.Equal("eidas1", RelyingParty.Payload(tokens.AccessToken).Text("acr"));
    }

    [Fact]
    public async Task A_request_for_eidas2_offers_the_card_only_and_says_so()
    {
        var url = await StartAsync("eidas2");
        var page = await HtmlPage.OpenAsync(_browser, url);
        var byHand = await HtmlPage.OpenAsync(_browser, url + "&moyen=e-cps");

        Assert.Equal(["moyen-carte"], page.All("nav .tabs a").Select(tab => tab.Id));
        Assert.Equal("Cette application demande une connexion par carte CPx.", page.Text("#carte-exigee"));
        Assert.Equal(page.Text("#carte-exigee"), byHand.Text("#carte-exigee"));
        Assert.Null(byHand.Find("#identifiant"));
    }

    [Fact]
    public async Task A_form_that_is_sent_all_the_same_asks_no_phone()
    {
        var demanding = await StartAsync("eidas2");
        var form = await _browser.OpenECpsTabAsync(_rp);
        form.Find("#se-connecter-e-cps")!.SetAttribute("formaction", $"{demanding}&handler=ECps");

        var response = await form.Fill("#identifiant", _phone.Practitioner.NationalId).PressAsync(_browser, "#se-connecter-e-cps");

        Assert.Equal((HttpStatusCode.SeeOther, demanding), (response.StatusCode, response.Headers.Location!.OriginalString));
        Assert.Null(await _phone.AskedAsync());
    }

    [Fact]
    public async Task A_session_of_an_e_CPS_does_not_answer_a_request_for_eidas2()
    {
        await SignInByPhoneAsync("eidas1");

        var silent = RelyingParty.Answer(await _browser.FollowAsync(_rp.AuthorizationUrl(new() { ["acr_values"] = "eidas2", ["prompt"] = "none" })));

        Assert.Equal("login_required", silent["error"]);
        Assert.StartsWith("/connexion?demande=", await StartAsync("eidas2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_raises_the_level_of_a_sign_in_by_e_CPS()
    {
        await SignInByPhoneAsync("eidas1");

        var answer = await _rp.SignInAsync(_browser, _phone.Practitioner, new() { ["acr_values"] = "eidas2" });

        Assert.Equal("eidas2", RelyingParty.Payload((await _rp.RedeemAsync(answer["code"])).IdToken).Text("acr"));
    }

    /// <summary>The address of the sign-in page that a request for a level leads to.</summary>
    private async Task<string> StartAsync(string requested)
    {
        var response = await _browser.FollowAsync(_rp.AuthorizationUrl(new() { ["acr_values"] = requested }));
        return response.Headers.Location!.OriginalString;
    }

    private async Task<TokenAnswer> SignInByPhoneAsync(string requested)
    {
        var tab = await HtmlPage.OpenAsync(_browser, $"{await StartAsync(requested)}&moyen=e-cps");
        var waiting = await tab.SubmitIdentifierAsync(_browser, _phone.Practitioner.NationalId);
        Assert.IsType<ApproveResult.Approved>(await _phone.ApproveAsync(waiting.NumberOf()));

        var answer = RelyingParty.Answer(await _browser.FollowAsync(waiting.Response.RequestMessage!.RequestUri!.PathAndQuery));
        return await _rp.RedeemAsync(answer["code"]);
    }
}
