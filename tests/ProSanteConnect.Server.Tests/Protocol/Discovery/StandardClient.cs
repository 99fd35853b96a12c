using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Server.Tests.Protocol.Discovery;

/// <summary>A stock client library configures itself from our documents and verifies our tokens.</summary>
[Collection<SharedProviderTests>]
[Trait("Requirement", "PSC-1.2")]
public sealed class StandardClient(SharedProvider provider)
{
    [Theory]
    [InlineData(DiscoveryDocuments.Wallet)]
    [InlineData(DiscoveryDocuments.Standard)]
    public async Task It_reads_the_document_and_the_keys(string path)
    {
        var configuration = await ConfigurationAsync(path);

        Assert.Equal(PscApp.Issuer, configuration.Issuer);
        Assert.Equal(PscApp.Issuer + "/protocol/openid-connect/token", configuration.TokenEndpoint);
        Assert.Contains(configuration.SigningKeys, key => key.KeyId == RelyingParty.Header(provider.Tokens.IdToken).Text("kid"));
        Assert.Contains("S256", configuration.CodeChallengeMethodsSupported);
    }

    [Fact]
    public async Task It_verifies_the_ID_token_under_its_strictest_settings()
    {
        var result = await ValidateAsync(provider.Tokens.IdToken);

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("898765000017", result.Claims["preferred_username"]);
    }

    [Fact]
    public async Task It_finds_nonce_hash_level_and_party_as_the_protocol_asks()
    {
        var idToken = new JsonWebToken(provider.Tokens.IdToken);
        var validator = new OpenIdConnectProtocolValidator
        {
            RequireAcr = true,
            RequireAmr = false,
            RequireAuthTime = true,
            RequireAzp = true,
            RequireNonce = true,
            RequireSub = true,
            RequireState = true,
            RequireTimeStampInNonce = false,
        };
        var context = new OpenIdConnectProtocolValidationContext
        {
            ClientId = provider.Rp.Client.ClientId,
            Nonce = "nonce-1",
            State = "etat-1",
            ValidatedIdToken = new System.IdentityModel.Tokens.Jwt.JwtSecurityToken(provider.Tokens.IdToken),
            ProtocolMessage = new OpenIdConnectMessage
            {
                IdToken = provider.Tokens.IdToken,
                AccessToken = provider.Tokens.AccessToken,
                State = "etat-1",
            },
            UserInfoEndpointResponse = await (await provider.Rp.UserInfoAsync(provider.Tokens.AccessToken))
                .Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        };

        validator.ValidateTokenResponse(context);
        validator.ValidateUserInfoResponse(context);

        Assert.Equal(PscApp.Issuer, idToken.Issuer);
    }

    [Theory]
    [InlineData("un-autre-client")]
    public async Task It_refuses_an_ID_token_for_another_client(string audience)
    {
        var result = await ValidateAsync(provider.Tokens.IdToken, audience);

        Assert.IsType<SecurityTokenInvalidAudienceException>(result.Exception);
    }

    [Fact]
    public async Task It_refuses_an_access_token_in_place_of_an_ID_token()
    {
        var result = await ValidateAsync(provider.Tokens.AccessToken);

        Assert.False(result.IsValid);
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, string? audience = null)
    {
        var configuration = await ConfigurationAsync(DiscoveryDocuments.Wallet);
        var now = provider.App.Clock.GetUtcNow().UtcDateTime;
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = audience ?? provider.Rp.Client.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = ["RS256"],
            ValidTypes = ["JWT"],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,
            LifetimeValidator = (_, expires, _, _) => expires > now,
        });
    }

    private Task<OpenIdConnectConfiguration> ConfigurationAsync(string path) => new ConfigurationManager<OpenIdConnectConfiguration>(
        PscApp.Origin + path,
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(provider.App.Http()) { RequireHttps = true }).GetConfigurationAsync(TestContext.Current.CancellationToken);
}
