using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

[Collection<SharedProviderTests>]
[Trait("Requirement", "OIDCC-2.0")]
public sealed class AuthorizationAnswers(SharedProvider provider)
{
    public static TheoryData<string> States() =>
    [
        string.Concat(Enumerable.Repeat("abcdefgh", 16)),
        string.Concat(Enumerable.Range(0x21, 0x5E).Select(code => (char)code)) + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        string.Concat(Enumerable.Repeat("x", 2000)),
        "%2F%25+ &=#",
        "état ✓ 𝄞",
        "{\"a\":\"b\"}",
    ];

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_state_comes_back_as_it_was(string state)
    {
        using var browser = await provider.SignedInBrowserAsync();

        foreach (var mode in new[] { "query", "fragment" })
        {
            var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl(new() { ["state"] = state, ["response_mode"] = mode })));

            Assert.Equal(state, answer["state"]);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_state_and_the_nonce_survive_the_sign_in_page(string state)
    {
        using var browser = provider.App.NewBrowser();

        var answer = await provider.Rp.SignInAsync(browser, provider.Practitioner, new() { ["state"] = state, ["nonce"] = state[..Math.Min(384, state.Length)] });
        var tokens = await provider.Rp.RedeemAsync(answer["code"]);

        Assert.Equal(state, answer["state"]);
        Assert.Equal(state[..Math.Min(384, state.Length)], RelyingParty.Payload(tokens.IdToken).Text("nonce"));
    }

    [Fact]
    [Trait("Requirement", "RFC9207-2a")]
    public async Task The_answer_says_which_issuer_gave_it_byte_for_byte()
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()));

        Assert.Equal("https://psc.test/auth/realms/esante-wallet", answer["iss"]);
    }

    [Fact]
    public async Task A_code_is_long_and_no_two_are_alike()
    {
        using var browser = await provider.SignedInBrowserAsync();
        var codes = new HashSet<string>();

        for (var i = 0; i < 20; i++) codes.Add(RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()))["code"]);

        Assert.Equal(20, codes.Count);
        // 256 bits of base64url; the entropy that the conformance suite estimates from one sample is far above its 96 bits.
        Assert.Each(codes, code => Assert.Equal(43, code.Length));
        Assert.Each(codes, code => Assert.InRange(EntropyOf(code), 96, double.MaxValue));
    }

    [Fact]
    [Trait("Requirement", "OIDCC-BASIC")]
    public async Task A_request_by_POST_is_answered_as_one_by_GET()
    {
        using var browser = provider.App.NewBrowser();

        var posted = await PostAsync(browser, []);
        var page = await browser.FollowAsync(posted);
        var answer = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, provider.Practitioner, page));

        Assert.Equal(HttpStatusCode.SeeOther, posted.StatusCode);
        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(answer["code"])).Status);
    }

    [Fact]
    [Trait("Requirement", "OIDCC-BASIC")]
    public async Task A_session_answers_a_request_by_POST_though_its_cookie_stays_home()
    {
        using var browser = await provider.SignedInBrowserAsync();
        using var withoutCookies = provider.App.Http();
        using var content = new FormUrlEncodedContent(provider.Rp.AuthorizationParameters()!);

        // SameSite=Lax: a form that another site posts brings no cookie, the redirect to a GET does.
        var posted = await withoutCookies.PostAsync("/auth", content, TestContext.Current.CancellationToken);
        var answer = RelyingParty.Answer(await browser.FollowAsync(posted));

        Assert.True(answer.ContainsKey("code"));
    }

    [Theory]
    [Trait("Requirement", "T15")]
    [Trait("Requirement", "RFC9700-4.12")]
    [InlineData("scope", "admin")]
    [InlineData("response_type", "token")]
    [InlineData("acr_values", "eidas9")]
    public async Task A_refusal_of_a_POST_is_a_303(string parameter, string value)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var response = await PostAsync(browser, new() { [parameter] = value });

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
    }

    private async Task<HttpResponseMessage> PostAsync(Browser browser, Dictionary<string, string?> changes)
    {
        using var content = new FormUrlEncodedContent(provider.Rp.AuthorizationParameters(changes)!);
        return await browser.Http.PostAsync("/auth", content, TestContext.Current.CancellationToken);
    }

    private static double EntropyOf(string text) =>
        text.Length * -text.GroupBy(c => c).Sum(group => (double)group.Count() / text.Length * Math.Log2((double)group.Count() / text.Length));
}
