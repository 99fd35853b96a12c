using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProSanteConnect.Server.SignIn.Card;
using ProSanteConnect.Testing;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Server.Tests.Operation;

/// <summary>
/// The handshake itself, over a real TLS connection: the framework builds a chain before anything of ours is asked, and must not
/// follow the addresses that a stranger's certificate names (security-checklist §0.4).
/// </summary>
[Trait("Requirement", "T17")]
public sealed class CardHandshake : IAsyncLifetime
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(1);

    private readonly LogLines _log = new(LogLevel.Information);
    private readonly TcpListener _named = new(IPAddress.Loopback, 0);
    private readonly RSA _key = RSA.Create(2048);
    private X509Certificate2 _own = null!;
    private WebApplication _listener = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _named.Start();
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _own = request.CreateSelfSigned(TestCards.Now, TestCards.Now.AddYears(5));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback,
            0,
            listener => listener.UseCards(_own, [], [.. TestCards.Pki.Authorities.Select(authority => authority.Certificate)], HandshakeTimeout)));
        _listener = builder.Build();
        _listener.Run(http => http.Response.WriteAsync(http.Connection.ClientCertificate?.Subject ?? "no card", Ct));
        await _listener.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _log.Dispose();
        _named.Dispose();
        _own.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task Nothing_that_a_card_of_an_unknown_authority_names_is_contacted()
    {
        var unknown = TestCards.Pki.Authority("ACR-FO-TEST").Subordinate(
            "ACI-ZZ-TEST", CertificateProfile.SubordinateAuthority, new ProfileValues(("tier", "FORT"), ("population", "PIEGES")), TestCards.Now);

        Assert.Contains("CN=898765000017", await PresentAsync(CardBuilder.Cps().From(unknown)), StringComparison.Ordinal);

        await AssertNobodyCameAsync();
    }

    [Fact]
    public async Task Nothing_that_a_good_card_names_is_contacted()
    {
        Assert.Contains("CN=898765000017", await PresentAsync(CardBuilder.Cps()), StringComparison.Ordinal);

        await AssertNobodyCameAsync();
    }

    [Fact]
    public void A_person_has_three_minutes_for_the_certificate_and_the_code_of_the_card() =>
        Assert.Equal(TimeSpan.FromMinutes(3), new CardListenerOptions().HandshakeTimeout);

    [Fact]
    public async Task A_handshake_that_nobody_finishes_ends_with_a_line_for_the_operator()
    {
        var address = new Uri(_listener.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, Ct);
        await using var stream = client.GetStream();

        // The server closes the connection after its time: one second here.
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Ct));
        await _log.WaitForAsync("its TLS handshake was not finished after 1 s", Ct);
    }

    private async Task<string> PresentAsync(CardBuilder card)
    {
        var named = $"http://{_named.LocalEndpoint}";
        using var certificate = card
            .WithKey(_key)
            .With("crlDistributionPoints", $"URI:{named}/list.crl")
            .With("authorityInfoAccess", $"OCSP:{named}/ocsp, caIssuers:{named}/authority.cer")
            .Make();
        using var withKey = certificate.HasPrivateKey ? certificate : certificate.CopyWithPrivateKey(_key);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == _own.GetCertHashString(),
                // Offline: the client of this test would look for the missing authority itself.
                ClientCertificateContext = SslStreamCertificateContext.Create(withKey, additionalCertificates: null, offline: true),
            },
        };
        using var http = new HttpClient(handler);
        var address = _listener.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return await http.GetStringAsync(new Uri(address.Replace("http://", "https://", StringComparison.Ordinal)), Ct);
    }

    private async Task AssertNobodyCameAsync()
    {
        // A download on another thread would have begun by now.
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        Assert.False(_named.Pending());
    }
}
