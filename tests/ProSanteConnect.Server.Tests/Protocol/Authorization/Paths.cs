using System.Net;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Authorization;

[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.3")]
public sealed class Paths(SharedProvider provider)
{
    private const string Realm = "/auth/realms/esante-wallet/protocol/openid-connect";

    [Theory]
    [InlineData("/auth")]
    [InlineData("/auth/")]
    [InlineData("//auth")]
    [InlineData(Realm + "/auth")]
    [InlineData(Realm + "/auth/")]
    [InlineData("/auth/realms/esante-wallet//protocol/openid-connect/auth")]
    public async Task The_authorization_page_is_found_at_every_address_that_clients_use(string path)
    {
        using var browser = provider.App.NewBrowser();

        var page = await browser.FollowAsync(provider.Rp.AuthorizationUrl(path: PscApp.Origin + path));
        var answer = RelyingParty.Answer(await provider.Rp.ApproveAsync(browser, provider.Practitioner, page));

        Assert.Equal(HttpStatusCode.OK, (await provider.Rp.RedeemAsync(answer["code"])).Status);
    }

    [Theory]
    [InlineData(Realm + "//userinfo")]
    [InlineData("//auth/realms/esante-wallet/protocol/openid-connect/userinfo")]
    [InlineData("/auth//realms///esante-wallet/protocol/openid-connect/userinfo")]
    [InlineData(Realm + "/userinfo/")]
    public async Task UserInfo_is_found_behind_doubled_and_trailing_slashes(string path)
    {
        var tokens = await provider.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, PscApp.Origin + path);
        request.Headers.Add("Authorization", $"Bearer {tokens.AccessToken}");
        request.Content = new FormUrlEncodedContent([]);

        var response = await provider.App.Http().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/auth/realms/esante-wallet//.well-known/wallet-openid-configuration")]
    [InlineData("/auth/realms/esante-wallet//.well-known/openid-configuration")]
    [InlineData(Realm + "//certs")]
    public async Task The_documents_are_found_behind_doubled_slashes(string path)
    {
        var response = await provider.App.Http().GetAsync(PscApp.Origin + path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/auth/realms/master/protocol/openid-connect/auth")]
    [InlineData("/auth/realms/esante-wallet/protocol/openid-connect/auth/device")]
    [InlineData("/auth/realms/esante-wallet/protocol/openid-connect/ext/par/request")]
    [InlineData("/auth/realms/esante-wallet/clients-registrations/openid-connect")]
    [InlineData("/auth/admin")]
    public async Task What_Keycloak_has_and_we_have_not_is_not_found(string path)
    {
        var response = await provider.App.Http().GetAsync(PscApp.Origin + path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
