using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProSanteConnect.Core.RelyingParties;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Endpoints;

/// <summary>PKCE (RFC 7636; RFC 9700, 2.1.1 and 4.8.2).</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "RFC9700-2.1.1b")]
public sealed class CodeVerifier(SharedProvider provider)
{
    [Theory]
    [InlineData(ClientType.Confidential)]
    [InlineData(ClientType.Public)]
    public async Task The_right_verifier_redeems_the_code(ClientType type)
    {
        var (rp, code, verifier) = await ChallengedAsync(type);

        var answer = await rp.RedeemAsync(code, new() { ["code_verifier"] = verifier });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(ClientType.Confidential, null)]
    [InlineData(ClientType.Confidential, "")]
    [InlineData(ClientType.Confidential, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [InlineData(ClientType.Public, null)]
    [InlineData(ClientType.Public, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [Trait("Requirement", "FAPI2")]
    public async Task A_missing_or_a_wrong_verifier_is_an_invalid_grant(ClientType type, string? wrong)
    {
        var (rp, code, verifier) = await ChallengedAsync(type);

        var answer = await rp.RedeemAsync(code, new() { ["code_verifier"] = wrong });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_grant", answer.Error);
        Assert.Equal(HttpStatusCode.OK, (await rp.RedeemAsync(code, new() { ["code_verifier"] = verifier })).Status);
    }

    [Theory]
    [InlineData(42)]
    [InlineData(129)]
    public async Task A_verifier_of_a_wrong_length_is_an_invalid_grant_though_it_matches(int length)
    {
        var verifier = new string('v', length);
        var code = await CodeAsync(provider.Rp, ChallengeOf(verifier));

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = verifier })).Error);
    }

    [Theory]
    [InlineData(43)]
    [InlineData(128)]
    public async Task A_verifier_may_have_43_to_128_characters(int length)
    {
        var verifier = "-._~" + new string('v', length - 4);
        var code = await CodeAsync(provider.Rp, ChallengeOf(verifier));

        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = verifier })).Status);
    }

    [Fact]
    public async Task A_verifier_with_a_reserved_character_is_an_invalid_grant_though_it_matches()
    {
        var verifier = new string('v', 42) + "+";
        var code = await CodeAsync(provider.Rp, ChallengeOf(verifier));

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = verifier })).Error);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk4")]
    [InlineData("dBjftJeZ4CVP+mB92K27uhbUJU1p1r/wW1gFWFOEjXk=")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX\u00e9")]
    public async Task A_challenge_that_is_no_SHA_256_is_refused_at_the_relying_party(string challenge)
    {
        using var browser = await provider.SignedInBrowserAsync();

        var answer = RelyingParty.Answer(await browser.FollowAsync(
            provider.Rp.AuthorizationUrl(new() { ["code_challenge"] = challenge, ["code_challenge_method"] = "S256" })));

        Assert.Equal(("invalid_request", "etat-1"), (answer["error"], answer["state"]));
        Assert.Contains("code_challenge", answer["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_challenge_itself_is_no_verifier()
    {
        var (verifier, challenge) = RelyingParty.Pkce();
        var code = await CodeAsync(provider.Rp, challenge);

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = challenge })).Error);
        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = verifier })).Status);
    }

    [Fact]
    [Trait("Requirement", "RFC9700-4.8.2")]
    public async Task A_verifier_for_a_code_without_a_challenge_is_refused()
    {
        using var browser = await provider.SignedInBrowserAsync();
        var code = RelyingParty.Answer(await browser.FollowAsync(provider.Rp.AuthorizationUrl()))["code"];

        var answer = await provider.Rp.RedeemAsync(code, new() { ["code_verifier"] = RelyingParty.Pkce().Verifier });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(answer.Error is "invalid_request" or "invalid_grant");
    }

    [Fact]
    [Trait("Requirement", "T11")]
    public async Task A_code_put_into_the_session_of_another_browser_cannot_be_redeemed_with_its_verifier()
    {
        var stolen = await CodeAsync(provider.Rp, RelyingParty.Pkce().Challenge);
        var (attackersVerifier, attackersChallenge) = RelyingParty.Pkce();
        await CodeAsync(provider.Rp, attackersChallenge);

        Assert.Equal("invalid_grant", (await provider.Rp.RedeemAsync(stolen, new() { ["code_verifier"] = attackersVerifier })).Error);
    }

    private static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private async Task<(RelyingParty Rp, string Code, string Verifier)> ChallengedAsync(ClientType type)
    {
        var rp = await provider.RegisterAsync(client => client.Type = type);
        var (verifier, challenge) = RelyingParty.Pkce();
        return (rp, await CodeAsync(rp, challenge), verifier);
    }

    private async Task<string> CodeAsync(RelyingParty rp, string challenge)
    {
        using var browser = await provider.SignedInBrowserAsync();
        return RelyingParty.Answer(await browser.FollowAsync(
            rp.AuthorizationUrl(new() { ["code_challenge"] = challenge, ["code_challenge_method"] = "S256" })))["code"];
    }
}
