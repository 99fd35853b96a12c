using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Ocsp;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Practitioners;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Tools;

public sealed class TestPkiMaking : IDisposable
{
    private static readonly DateTimeOffset Now = TestCards.Now;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("psc-pki-").FullName;

    [Fact]
    public void The_authorities_are_shaped_as_IGC_Sante_TEST()
    {
        var names = TestCards.Pki.Authorities.Select(a => a.Certificate.Subject);

        Assert.Equal(
            [
                "CN=TEST AC RACINE IGC-SANTE FORT, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
                "CN=TEST AC RACINE IGC-SANTE STANDARD, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
                "CN=TEST AC RACINE IGC-SANTE ELEMENTAIRE, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
                "CN=TEST AC IGC-SANTE FORT PERSONNES, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
                "CN=TEST AC IGC-SANTE STANDARD PERSONNES, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
                "CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR",
            ],
            names);
    }

    [Fact]
    public void Nothing_in_a_certificate_leads_to_the_real_authority()
    {
        foreach (var certificate in TestCards.Pki.Cards.SelectMany(c => new[] { c.Authentication, c.Signature })
            .Concat(TestCards.Pki.Authorities.Select(a => a.Certificate)))
        {
            var bytes = Encoding.Latin1.GetString(certificate.RawData);

            Assert.DoesNotContain(".gouv.fr", bytes, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void There_is_a_card_for_each_holder_and_one_for_each_story()
    {
        var cards = TestCards.Pki.Cards;

        Assert.Equal(4, cards.Count(c => c.Variant == TestCardVariant.Ordinary));
        Assert.All(Enum.GetValues<TestCardVariant>().Except([TestCardVariant.Ordinary]), variant => Assert.Single(cards, c => c.Variant == variant));
        Assert.Equal(cards.Count, cards.Select(c => c.Name).Distinct().Count());
        Assert.Equal(cards.Count, cards.Where(c => c.Variant != TestCardVariant.UnknownAuthority).Select(c => c.Authentication.SerialNumber).Distinct().Count() + 1);
    }

    [Fact]
    public void What_is_saved_is_opened_again()
    {
        var folder = new TestPkiFolder(_folder);
        Assert.False(folder.Exists);
        folder.Save(TestCards.Pki, Now);

        var opened = folder.Open();

        Assert.True(folder.Exists);
        Assert.Equal(TestCards.Pki.Authorities.Select(a => a.Certificate), opened.Authorities.Select(a => a.Certificate));
        foreach (var (before, after) in TestCards.Pki.Cards.Zip(opened.Cards))
        {
            Assert.Equal((before.Name, before.Holder, before.Variant, before.RevokedAt), (after.Name, after.Holder, after.Variant, after.RevokedAt));
            Assert.Equal((before.Authentication, before.Signature), (after.Authentication, after.Signature));
            Assert.Equal(before.Issuer.File, after.Issuer.File);
        }
    }

    [Fact]
    public async Task What_is_opened_again_goes_on_issuing_revoking_and_answering()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, Now);
        var pki = folder.Open();
        var newcomer = TestCards.Doctor with { NationalId = "898765000074", FamilyName = "NOUVEAU" };

        var made = Assert.Single(pki.AddMissingCards([TestCards.Doctor, newcomer], Now));
        made.Revoke(Now.AddMinutes(-1));

        await using var responder = await LoopbackServer.StartAsync(r => new TestOcspResponder(pki).Answer(r, Now));
        using var desk = new RevocationDesk(RevocationDesk.Asking(pki.FortPersons, responder.Address));
        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(made.Present()));
        Assert.Equal((CardRefusal.Revoked, Now.AddMinutes(-1)), (refused.Reason, refused.When!.Value));
    }

    [Fact]
    public void A_folder_is_made_once_and_completed_later()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, Now);
        var newcomer = TestCards.Doctor with { NationalId = "898765000074", FamilyName = "NOUVEAU" };

        var completed = folder.OpenOrCreate([TestCards.Doctor, newcomer], Now);
        var again = folder.OpenOrCreate([TestCards.Doctor, newcomer], Now);

        Assert.Equal(TestCards.Pki.Cards.Count + 1, completed.Cards.Count);
        Assert.Equal(completed.Cards.Select(c => c.Authentication), again.Cards.Select(c => c.Authentication));
        Assert.True(File.Exists(folder.Pkcs12File(again.Cards.Single(c => c.Holder == newcomer))));
    }

    [Fact]
    public void The_file_for_a_browser_opens_with_the_code_of_test_cards()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, Now);

        foreach (var card in TestCards.Pki.Cards)
        {
            using var opened = X509CertificateLoader.LoadPkcs12FromFile(folder.Pkcs12File(card), "1234");

            Assert.True(opened.HasPrivateKey);
            Assert.Equal(card.Variant == TestCardVariant.SignatureOnly ? card.Signature : card.Authentication, opened);
        }
    }

    [Fact]
    public void The_keys_of_the_authorities_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var folder = new TestPkiFolder(Path.Combine(_folder, "pki"));
        folder.Save(TestCards.Pki, Now);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.FullPath));
        foreach (var key in Directory.GetFiles(folder.FullPath, "*.key", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public void A_list_that_is_no_list_of_ours_is_said_to_be_unreadable()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, Now);
        File.WriteAllText(Path.Combine(_folder, "cards.json"), "{");

        Assert.Throws<IOException>(() => folder.Open());
    }

    [Fact]
    public async Task A_responder_says_nothing_about_cards_that_it_did_not_make()
    {
        await using var responder = await LoopbackServer.StartAsync(r => new TestOcspResponder(TestCards.Pki).Answer(r, Now));
        using var desk = new RevocationDesk(RevocationDesk.Asking(TestCards.Pki.FortPersons, responder.Address));

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(CardBuilder.Cps().Present()));

        Assert.Equal(CardRefusal.RevocationUnknown, refused.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void A_responder_calls_malformed_what_is_no_request(int size)
    {
        var answer = new OcspResp(new TestOcspResponder(TestCards.Pki).Answer(new byte[size], Now));

        Assert.Equal(OcspRespStatus.MalformedRequest, answer.Status);
    }

    [Fact]
    public async Task A_server_certificate_is_trusted_by_whoever_trusts_the_root()
    {
        var server = TestCards.Pki.IssueServer(["localhost", "127.0.0.1", "wallet.example"], Now);
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = Task.Run(async () =>
        {
            using var accepted = await listener.AcceptTcpClientAsync(Ct);
            await using var tls = new SslStream(accepted.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(server.Certificate, server.Intermediates, offline: true),
            }, Ct);
        }, Ct);

        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Ct);
        await using var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "wallet.example",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { TestCards.Pki.Authority("ACR-EL-TEST").Certificate },
                VerificationTime = Now.UtcDateTime,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        }, Ct);
        await accepting;
        listener.Dispose();

        Assert.True(secured.IsAuthenticated);
    }

    [Fact]
    public void A_server_certificate_is_kept_until_its_names_change_or_its_end_is_near()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, Now);
        string[] names = ["localhost", "127.0.0.1", "::1"];

        var first = folder.OpenOrIssueServer(TestCards.Pki, names, Now);
        var kept = folder.OpenOrIssueServer(TestCards.Pki, names, Now.AddMonths(6));
        var renamed = folder.OpenOrIssueServer(TestCards.Pki, [.. names, "wallet.example"], Now);
        var renewed = folder.OpenOrIssueServer(TestCards.Pki, [.. names, "wallet.example"], Now.AddMonths(11).AddDays(15));

        Assert.Equal(first.Certificate, kept.Certificate);
        Assert.True(kept.Certificate.HasPrivateKey);
        Assert.NotEqual(first.Certificate, renamed.Certificate);
        Assert.NotEqual(renamed.Certificate, renewed.Certificate);
    }

    [Fact]
    public void The_card_of_a_stranger_would_be_a_card_of_ours()
    {
        Assert.True(Rpps.TryParse(TestPki.Stranger.NationalId[1..], out var rpps));
        Assert.Equal(TestPki.Stranger.NationalId, rpps.ToNationalId().Value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
