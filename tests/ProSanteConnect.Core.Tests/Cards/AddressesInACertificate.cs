using System.Net;
using System.Net.Sockets;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

/// <summary>A foreign certificate may name any address: requesting it would be server-side request forgery.</summary>
[Trait("Requirement", "T17")]
public sealed class AddressesInACertificate : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public AddressesInACertificate() => _listener.Start();

    [Fact]
    public async Task Nothing_that_a_good_card_names_is_ever_contacted()
    {
        await using var responder = await new OcspStandIn().StartAsync();
        using var desk = new RevocationDesk(RevocationDesk.Asking(TestCards.Pki.FortPersons, responder.Address));

        Assert.IsType<CardVerification.Verified>(await desk.VerifyAsync(Naming(CardBuilder.Cps())));

        await AssertNobodyCameAsync();
    }

    [Fact]
    public async Task Nothing_that_a_card_of_an_unknown_authority_names_is_ever_contacted()
    {
        // The path is broken, and the certificate says where the missing authority could be had.
        var unknown = TestCards.Pki.Authority("ACR-FO-TEST").Subordinate(
            "ACI-ZZ-TEST", CertificateProfile.SubordinateAuthority, new ProfileValues(("tier", "FORT"), ("population", "PIEGES")), TestCards.Now);
        using var desk = new RevocationDesk(TestCards.Options());

        Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Naming(CardBuilder.Cps().From(unknown))));

        await AssertNobodyCameAsync();
    }

    [Fact]
    public async Task Nothing_is_contacted_when_nobody_can_answer()
    {
        using var desk = new RevocationDesk(TestCards.Options());
        await desk.RefreshAsync();

        Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(Naming(CardBuilder.Cps())));

        await AssertNobodyCameAsync();
    }

    [Fact]
    public async Task The_listener_of_this_test_hears_whoever_comes()
    {
        using var visitor = new TcpClient();
        await visitor.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, TestContext.Current.CancellationToken);

        Assert.True(_listener.Pending());
    }

    public void Dispose() => _listener.Dispose();

    private UnverifiedCertificate Naming(CardBuilder card)
    {
        var address = $"http://{_listener.LocalEndpoint}";
        return card
            .With("crlDistributionPoints", $"URI:{address}/list.crl")
            .With("authorityInfoAccess", $"OCSP:{address}/ocsp, caIssuers:{address}/authority.cer")
            .Present();
    }

    private async Task AssertNobodyCameAsync()
    {
        // A download on another thread would have begun by now.
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(_listener.Pending());
    }
}
