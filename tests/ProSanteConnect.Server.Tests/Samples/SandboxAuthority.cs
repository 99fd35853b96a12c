using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using WebRelyingParty;

namespace ProSanteConnect.Server.Tests.Samples;

/// <summary>The sandbox's certificate leads to the one file that it tells relying parties to trust.</summary>
public sealed class SandboxAuthority(SandboxOverTls sandbox) : IClassFixture<SandboxOverTls>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_TLS_listener_sends_what_leads_to_the_authority(bool forCards)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, forCards ? sandbox.CardPort : sandbox.HttpsPort, Ct);
        await using var tls = new SslStream(socket.GetStream());

        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = Trusting(sandbox.TrustedRoot) }, Ct);

        Assert.True(tls.IsAuthenticated);
    }

    [Fact]
    public async Task The_sample_reads_the_discovery_document_over_TLS()
    {
        using var answer = await SignInAsync(sandbox.TrustedRoot);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith($"https://localhost:{sandbox.HttpsPort}/auth?", answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_refuses_a_provider_of_another_authority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Une autre", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var other = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, other.ExportCertificatePem(), Ct);

        using var answer = await SignInAsync(file);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("certificate was rejected", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        File.Delete(file);
    }

    private async Task<HttpResponseMessage> SignInAsync(string trustedRoot)
    {
        await using var sample = new WebApplicationFactory<PscOptions>().WithWebHostBuilder(builder => builder
            .UseSetting("Psc:Discovery", $"https://localhost:{sandbox.HttpsPort}/auth/realms/esante-wallet/.well-known/wallet-openid-configuration")
            .UseSetting("Psc:TrustedRoot", trustedRoot)
            .ConfigureLogging(logging => logging.ClearProviders()));
        using var client = sample.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        return await client.GetAsync(new Uri("/connexion", UriKind.Relative), Ct);
    }

    private static X509ChainPolicy Trusting(string rootFile) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(rootFile) },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
