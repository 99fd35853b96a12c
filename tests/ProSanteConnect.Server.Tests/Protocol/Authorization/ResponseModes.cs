using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

[Collection<SharedProviderTests>]
public sealed class ResponseModes(SharedProvider provider)
{
    [Theory]
    [InlineData(null)]
    [InlineData("query")]
    public async Task By_query_is_the_default(string? mode)
    {
        var response = await AnswerAsync(mode);

        Assert.StartsWith(RelyingParty.RedirectUri + "?", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Empty(response.Headers.Location.Fragment);
        Assert.Equal(["code", "iss", "session_state", "state"], RelyingParty.Answer(response).Keys.Order());
    }

    [Fact]
    public async Task By_fragment_nothing_stands_in_the_query()
    {
        var response = await AnswerAsync("fragment");

        Assert.StartsWith(RelyingParty.RedirectUri + "#", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(["code", "iss", "session_state", "state"], RelyingParty.Answer(response).Keys.Order());
    }

    [Fact]
    [Trait("Requirement", "OIDCC-FORMPOST")]
    public async Task By_form_post_nothing_stands_in_any_address()
    {
        var response = await AnswerAsync("form_post");
        var form = await FormPost.OfAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal(RelyingParty.RedirectUri, form.Action);
        Assert.Equal("post", form.Page.Forms.Single().Method);
        Assert.Equal(["code", "iss", "session_state", "state"], form.Fields.Keys.Order());
        Assert.Equal(PscApp.Issuer, form.Fields["iss"]);
    }

    [Fact]
    [Trait("Requirement", "OIDCC-FORMPOST")]
    public async Task By_form_post_an_error_arrives_in_the_form_too()
    {
        using var browser = provider.App.NewBrowser();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_mode"] = "form_post", ["prompt"] = "none" }));
        var form = await FormPost.OfAsync(response);

        Assert.Equal("login_required", form.Fields["error"]);
        Assert.Equal("etat-1", form.Fields["state"]);
        Assert.Equal(PscApp.Issuer, form.Fields["iss"]);
        Assert.False(form.Fields.ContainsKey("code"));
    }

    [Fact]
    [Trait("Requirement", "OIDCC-FORMPOST")]
    public async Task The_form_is_sent_by_a_script_that_the_policy_of_the_page_lets_run()
    {
        var response = await AnswerAsync("form_post");
        var script = (await FormPost.OfAsync(response)).Page.Scripts.Single();
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        var nonce = script.GetAttribute("nonce");
        Assert.NotNull(nonce);
        Assert.Contains($"script-src 'self' 'nonce-{nonce}'", policy, StringComparison.Ordinal);
        Assert.Contains(".submit()", script.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_page_lets_the_form_go_to_the_relying_party_and_wherever_it_redirects()
    {
        var response = await AnswerAsync("form_post");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        var formAction = policy.Split("; ").Single(directive => directive.StartsWith("form-action ", StringComparison.Ordinal));
        Assert.Contains("https://rp.test", formAction, StringComparison.Ordinal);
        Assert.EndsWith(" https:", formAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr", "Retour à votre application", "Continuer")]
    [InlineData("en", "Back to your application", "Continue")]
    public async Task Without_scripts_a_person_reads_what_to_do_and_has_a_button(string language, string title, string button)
    {
        using var browser = await provider.SignedInBrowserAsync();
        browser.Http.DefaultRequestHeaders.Add("Accept-Language", language);

        var page = (await FormPost.OfAsync(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_mode"] = "form_post" })))).Page;

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(button, page.QuerySelector("form button[type=submit]")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("[onclick], [onload], [style]"));
    }

    [Fact]
    [Trait("Requirement", "OIDCC-FORMPOST")]
    public async Task A_hostile_state_stays_a_value_of_the_form()
    {
        const string state = "\"><script>alert(1)</script>'&amp;\u00e9";
        using var browser = await provider.SignedInBrowserAsync();

        var response = await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_mode"] = "form_post", ["state"] = state }));
        var form = await FormPost.OfAsync(response);

        Assert.Equal(state, form.Fields["state"]);
        Assert.Single(form.Page.Scripts);
    }

    [Theory]
    [InlineData("query.jwt")]
    [InlineData("web_message")]
    [InlineData("QUERY")]
    public async Task A_mode_that_is_not_offered_is_refused_by_query(string mode)
    {
        var response = await AnswerAsync(mode);

        Assert.StartsWith(RelyingParty.RedirectUri + "?", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_request", RelyingParty.Answer(response)["error"]);
    }

    private async Task<HttpResponseMessage> AnswerAsync(string? mode)
    {
        using var browser = await provider.SignedInBrowserAsync();
        return await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["response_mode"] = mode }));
    }
}
