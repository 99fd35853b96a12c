using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

[Trait("Requirement", "ASVS-12.1.4")]
public sealed class RevocationByOcsp
{
    private static readonly DateTimeOffset Now = TestCards.Now;

    private static readonly Dictionary<string, (Func<OcspStandIn> Responder, string Doubt)> BadAnswers = new()
    {
        ["is stale"] = (() => new() { ThisUpdate = Now.AddHours(-2), NextUpdate = Now.AddSeconds(-1) }, "stale"),
        ["is old and names no next one"] = (() => new() { ThisUpdate = Now.AddMinutes(-11), NextUpdate = null }, "stale"),
        ["is from the future"] = (() => new() { ThisUpdate = Now.AddMinutes(6) }, "from-the-future"),
        ["is about another serial number"] = (() => new() { About = AnotherSerial }, "wrong-certificate"),
        ["is about another authority's card"] = (() => new() { About = AnotherIssuer }, "wrong-certificate"),
        ["is signed by another authority's delegate"] = (() => new() { Signer = TestCards.Pki.StandardPersons }, "wrong-signer"),
        ["is signed by another authority"] = (() => new() { SignedBy = Itself(TestCards.Pki.StandardPersons) }, "wrong-signer"),
        ["is signed by the holder of a card"] = (() => new() { SignedBy = Card }, "wrong-signer"),
        ["is signed by a delegate who delegated himself"] = (() => new() { SignedBy = SelfMadeDelegate }, "wrong-signer"),
        ["is signed by a delegate whose term is over"] = (() => new() { SignedBy = Delegate("valid", "-2 years, -1 day") }, "wrong-signer"),
        ["is signed by a delegate for something else"] =
            (() => new() { SignedBy = Delegate("extendedKeyUsage", "1.3.6.1.5.5.7.3.2") }, "wrong-signer"),
        ["is signed over SHA-1"] = (() => new() { SignedBy = Itself(TestCards.Pki.FortPersons) with { Algorithm = "SHA1WITHRSA" } }, "weak-signature"),
        ["repeats another nonce"] = (() => new() { Nonce = _ => new byte[32] }, "wrong-nonce"),
        ["repeats no nonce"] = (() => new() { Nonce = _ => null }, "wrong-nonce"),
        ["is that nothing is known"] = (() => new() { Status = new UnknownStatus() }, "unknown-to-responder"),
    };

    public static TheoryData<string> NamesOfBadAnswers => [.. BadAnswers.Keys];

    [Fact]
    public async Task A_responder_that_knows_nothing_against_a_card_makes_it_good()
    {
        await using var responder = await new OcspStandIn().StartAsync();
        using var desk = Asking(responder);

        Assert.IsType<RevocationAnswer.Good>(await AskAsync(desk));
    }

    [Fact]
    public async Task A_revoked_card_is_revoked_since_the_date_of_the_responder()
    {
        await using var responder = await OcspStandIn.Revoking(Now.AddDays(-3)).StartAsync();
        using var desk = Asking(responder);

        var refused = Assert.IsType<CardVerification.Refused>(await desk.VerifyAsync(TestCards.Of(TestCards.Doctor).Present()));

        Assert.Equal((CardRefusal.Revoked, Now.AddDays(-3)), (refused.Reason, refused.When!.Value));
    }

    [Theory]
    [MemberData(nameof(NamesOfBadAnswers))]
    public async Task An_answer_is_not_believed_that(string name)
    {
        var (standIn, doubt) = BadAnswers[name];
        await using var responder = await standIn().StartAsync();
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown(doubt), await AskAsync(desk));
        Assert.Equal(1, responder.Requests);
    }

    [Fact]
    public async Task The_authority_may_sign_for_itself()
    {
        await using var responder = await new OcspStandIn { SignedBy = Itself(TestCards.Pki.FortPersons) }.StartAsync();
        using var desk = Asking(responder);

        Assert.IsType<RevocationAnswer.Good>(await AskAsync(desk));
    }

    [Fact]
    public async Task One_changed_bit_makes_an_answer_worthless()
    {
        var good = new OcspStandIn();
        await using var responder = await LoopbackServer.StartAsync(request =>
        {
            var answer = good.Answer(request);
            var producedAt = answer.AsSpan().IndexOf("20260302"u8);
            answer[producedAt + 7] ^= 1;
            return answer;
        });
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown("wrong-signer"), await AskAsync(desk));
    }

    [Fact]
    public async Task A_responder_that_signs_in_advance_is_believed_where_the_operator_says_so()
    {
        await using var responder = await new OcspStandIn { Nonce = _ => null }.StartAsync();
        using var desk = Asking(responder, options => options.OcspNonceRequired = false);

        Assert.IsType<RevocationAnswer.Good>(await AskAsync(desk));
    }

    [Fact]
    public async Task Even_then_a_wrong_nonce_is_wrong()
    {
        await using var responder = await new OcspStandIn { Nonce = _ => new byte[32] }.StartAsync();
        using var desk = Asking(responder, options => options.OcspNonceRequired = false);

        Assert.Equal(new RevocationAnswer.Unknown("wrong-nonce"), await AskAsync(desk));
    }

    [Fact]
    public async Task A_delegate_that_the_authority_revoked_signs_no_more()
    {
        var fort = TestCards.Pki.FortPersons;
        var serial = TestCards.Pki.Delegates.Single(d => d.Authority == fort).Certificate.SerialNumber;
        var crl = fort.Crl([new Revocation(serial, Now.AddDays(-1))], Now, Now.AddDays(1));
        await using var server = await LoopbackServer.StartAsync(request => request.Length == 0 ? crl : new OcspStandIn().Answer(request));
        using var desk = new RevocationDesk(RevocationDesk.Asking(fort, ocsp: server.Address, crl: server.Address.ToString()));

        Assert.IsType<RevocationAnswer.Good>(await AskAsync(desk));
        await desk.RefreshAsync();

        Assert.Equal(new RevocationAnswer.Unknown("wrong-signer"), await AskAsync(desk, at: Now.AddMinutes(6)));
    }

    [Theory]
    [InlineData(0, "unreadable")]
    [InlineData(100, "unreadable")]
    [InlineData(64 * 1024 + 1, "too-large")]
    public async Task Bytes_that_are_no_answer_are_not_believed(int size, string doubt)
    {
        await using var responder = await LoopbackServer.StartAsync(_ => new byte[size]);
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown(doubt), await AskAsync(desk));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_at_64_KB()
    {
        await using var responder = await LoopbackServer.StartAsync(async context =>
        {
            var block = new byte[16 * 1024];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown("too-large"), await AskAsync(desk));
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status204NoContent)]
    public async Task Another_status_than_200_is_no_answer(int status)
    {
        await using var responder = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown("refused"), await AskAsync(desk));
    }

    [Fact]
    public async Task An_OCSP_error_is_no_answer()
    {
        var tryLater = new OCSPRespGenerator().Generate(OcspRespStatus.TryLater, null).GetEncoded();
        await using var responder = await LoopbackServer.StartAsync(_ => tryLater);
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown("refused"), await AskAsync(desk));
    }

    [Fact]
    [Trait("Requirement", "T17")]
    public async Task A_redirect_leads_nowhere()
    {
        await using var elsewhere = await new OcspStandIn().StartAsync();
        await using var responder = await RedirectingTo(elsewhere);
        using var desk = Asking(responder);

        Assert.Equal(new RevocationAnswer.Unknown("refused"), await AskAsync(desk));
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    [Trait("Requirement", "T17")]
    public async Task The_answer_of_another_place_is_no_answer_when_a_client_follows_redirects()
    {
        await using var elsewhere = await new OcspStandIn().StartAsync();
        await using var responder = await RedirectingTo(elsewhere);
        var options = RevocationDesk.Asking(TestCards.Pki.FortPersons, ocsp: responder.Address);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var addresses = new RevocationAddresses(TestCards.Authorities, options);
        var ocsp = new OcspCheck(addresses, new CrlStore(addresses, options, client), options, client);

        Assert.Equal(new RevocationAnswer.Unknown("refused"), await ocsp.CheckAsync(await DoctorAsync(), Now, CancellationToken.None));
    }

    [Fact]
    public async Task A_proxy_stands_before_other_machines_and_not_before_this_one()
    {
        await using var proxy = await LoopbackServer.StartAsync(_ => []);
        await using var responder = await new OcspStandIn().StartAsync();
        using var here = new RevocationDesk(
            RevocationDesk.Asking(TestCards.Pki.FortPersons, ocsp: responder.Address), proxy: new WebProxy(proxy.Address));
        using var elsewhere = new RevocationDesk(
            RevocationDesk.Asking(TestCards.Pki.FortPersons, ocsp: new Uri("http://ocsp.invalid/")), proxy: new WebProxy(proxy.Address));

        Assert.IsType<RevocationAnswer.Good>(await AskAsync(here));
        Assert.Equal(0, proxy.Requests);

        await AskAsync(elsewhere);
        Assert.Equal(1, proxy.Requests);
    }

    [Fact]
    public async Task A_silent_responder_costs_no_more_than_its_time_limit()
    {
        await using var responder = await LoopbackServer.StartAsync(context => Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, context.RequestAborted));
        using var desk = Asking(responder, options => options.OcspTimeout = TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        Assert.Equal(new RevocationAnswer.Unknown("timed-out"), await AskAsync(desk));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Nobody_at_the_address_is_no_answer()
    {
        var responder = await new OcspStandIn().StartAsync();
        using var desk = Asking(responder);
        await responder.DisposeAsync();

        Assert.Equal(new RevocationAnswer.Unknown("unreachable"), await AskAsync(desk));
    }

    [Fact]
    public async Task An_answer_is_remembered_for_five_minutes()
    {
        await using var responder = await new OcspStandIn { ThisUpdate = Now, NextUpdate = Now.AddHours(1) }.StartAsync();
        using var desk = Asking(responder);

        await AskAsync(desk);
        await AskAsync(desk, at: Now.AddMinutes(4.9));
        Assert.Equal(1, responder.Requests);

        await AskAsync(desk, at: Now.AddMinutes(5));
        Assert.Equal(2, responder.Requests);
    }

    [Fact]
    public async Task An_answer_is_not_remembered_beyond_its_own_term()
    {
        await using var responder = await new OcspStandIn { NextUpdate = Now.AddMinutes(1) }.StartAsync();
        using var desk = Asking(responder);
        await AskAsync(desk);

        Assert.Equal(new RevocationAnswer.Unknown("stale"), await AskAsync(desk, at: Now.AddMinutes(1)));
    }

    [Fact]
    public async Task What_is_remembered_of_one_card_is_not_said_of_another()
    {
        await using var responder = await new OcspStandIn().StartAsync();
        using var desk = Asking(responder);
        await AskAsync(desk);

        await desk.VerifyAsync(TestCards.Of(TestCards.Student).Present());

        Assert.Equal(2, responder.Requests);
    }

    [Fact]
    public async Task A_failure_is_not_remembered()
    {
        await using var responder = await new OcspStandIn { Status = new UnknownStatus() }.StartAsync();
        using var desk = Asking(responder);

        await AskAsync(desk);
        await AskAsync(desk);

        Assert.Equal(2, responder.Requests);
    }

    [Fact]
    public async Task Each_question_has_a_nonce_of_its_own()
    {
        var nonces = new List<string>();
        await using var responder = await LoopbackServer.StartAsync(request =>
        {
            var nonce = TestOcspResponder.NonceOf(new OcspReq(request))!;
            Assert.Equal(32, nonce.Length);
            nonces.Add(Convert.ToHexString(nonce));
            return [];
        });
        using var desk = Asking(responder);

        for (var i = 0; i < 20; i++) await AskAsync(desk);

        Assert.Equal(20, nonces.Distinct().Count());
    }

    private static RevocationDesk Asking(LoopbackServer responder, Action<CardOptions>? change = null)
    {
        var options = RevocationDesk.Asking(TestCards.Pki.FortPersons, ocsp: responder.Address);
        change?.Invoke(options);
        return new RevocationDesk(options);
    }

    private static async Task<RevocationAnswer> AskAsync(RevocationDesk desk, DateTimeOffset? at = null) =>
        await desk.Ocsp.CheckAsync(await DoctorAsync(), at ?? Now, CancellationToken.None);

    private static async Task<CertificateId> DoctorAsync()
    {
        var revocation = new FixedRevocation(new RevocationAnswer.Good());
        var options = TestCards.Options();
        var verifier = new CardVerifier(
            TestCards.Authorities, options, new RevocationAddresses(TestCards.Authorities, options), revocation);
        await verifier.VerifyAsync(TestCards.Of(TestCards.Doctor).Present(), Now, CancellationToken.None);
        return revocation.Asked.Single();
    }

    private static Task<LoopbackServer> RedirectingTo(LoopbackServer elsewhere) => LoopbackServer.StartAsync(context =>
    {
        // 307 repeats the POST at the other place.
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = elsewhere.Address.ToString();
        return Task.CompletedTask;
    });

    private static CertificateID AnotherSerial(CertificateID asked) =>
        CertificateID.DeriveCertificateID(asked, asked.SerialNumber.Add(BigInteger.One));

    private static CertificateID AnotherIssuer(CertificateID asked) => new(
        new AlgorithmIdentifier(new Org.BouncyCastle.Asn1.DerObjectIdentifier(asked.HashAlgOid)),
        new Org.BouncyCastle.X509.X509Certificate(TestCards.Pki.StandardPersons.Certificate.RawData), asked.SerialNumber);

    private static OcspPen Itself(TestAuthority authority) =>
        new(PrivateKeyFactory.CreateKey(authority.Key.ExportPkcs8PrivateKey()), authority.Certificate.RawData, "SHA256WITHRSA");

    private static OcspPen Card
    {
        get
        {
            using var card = TestCards.Of(TestCards.Doctor).PresentedWithKey();
            using var key = card.GetRSAPrivateKey()!;
            return new OcspPen(PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey()), card.RawData, "SHA256WITHRSA");
        }
    }

    private static OcspPen SelfMadeDelegate
    {
        get
        {
            using var key = RSA.Create(2048);
            return Delegate(
                CertificateProfile.OcspResponder, key, "SHA256WITHRSA", X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1));
        }
    }

    private static OcspPen Delegate(string line, string value)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Delegate(CertificateProfile.OcspResponder.With(line, value), key, "SHA256WITHECDSA", signer: null);
    }

    private static OcspPen Delegate(
        CertificateProfile profile, AsymmetricAlgorithm key, string algorithm, X509SignatureGenerator? signer)
    {
        var values = new ProfileValues(("tier", "FORT"), ("population", "PERSONNES"));
        using var certificate = TestCards.Pki.FortPersons.Issue(profile, values, new PublicKey(key), Now, signer);
        return new OcspPen(PrivateKeyFactory.CreateKey(key.ExportPkcs8PrivateKey()), certificate.RawData, algorithm);
    }
}
