using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests;

public sealed class CodeFlow
{
    [Fact]
    public async Task A_practitioner_signs_in_and_the_relying_party_reads_every_claim()
    {
        await using var app = await PscApp.StartAsync();
        var practitioner = await app.AddAsync(A.Practitioner());
        var rp = await RelyingParty.RegisterAsync(app);
        using var browser = app.NewBrowser();

        var answer = await rp.SignInAsync(browser, practitioner);
        var tokens = await rp.RedeemAsync(answer["code"]);
        var userInfo = await rp.UserInfoAsync(tokens.AccessToken);

        Assert.Equal("etat-1", answer["state"]);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
        Assert.Equal("898765000017", (await RelyingParty.JsonAsync(userInfo)).GetProperty("SubjectNameID").GetString());
        TestContext.Current.TestOutputHelper!.WriteLine(tokens.Json.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(RelyingParty.Payload(tokens.AccessToken).ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(RelyingParty.Payload(tokens.IdToken).ToString());
    }
}
