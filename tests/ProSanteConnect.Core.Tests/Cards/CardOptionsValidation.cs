using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

public sealed class CardOptionsValidation : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("psc-cards-").FullName;

    [Fact]
    public void Complete_options_are_accepted() => Assert.Empty(FaultsOf(_ => { }));

    [Fact]
    public void Without_authorities_or_policies_nothing_starts()
    {
        var options = new CardOptions();
        var faults = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true));
        Assert.Equal(2, faults.Count);
    }

    [Theory]
    [InlineData(nameof(CardOptions.CrlRefreshInterval), "00:04:59")]
    [InlineData(nameof(CardOptions.CrlRefreshInterval), "1.00:00:01")]
    [InlineData(nameof(CardOptions.CrlMaxAge), "00:59:59")]
    [InlineData(nameof(CardOptions.CrlMaxAge), "7.00:00:01")]
    [InlineData(nameof(CardOptions.OcspTimeout), "00:00:00.05")]
    [InlineData(nameof(CardOptions.OcspTimeout), "00:00:03.1")]
    [InlineData(nameof(CardOptions.OcspCacheLifetime), "-00:00:01")]
    [InlineData(nameof(CardOptions.OcspCacheLifetime), "01:00:01")]
    public void A_time_out_of_range_is_refused(string option, string value)
    {
        var fault = Assert.Single(FaultsOf(o => typeof(CardOptions).GetProperty(option)!.SetValue(
            o, TimeSpan.Parse(value, CultureInfo.InvariantCulture))));

        Assert.Contains(option, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_must_live_longer_than_it_takes_to_fetch_the_next() => Assert.Single(FaultsOf(o =>
    {
        o.CrlRefreshInterval = TimeSpan.FromHours(2);
        o.CrlMaxAge = TimeSpan.FromHours(2);
    }));

    [Theory]
    [InlineData("", "list.crl", null)]
    [InlineData("AC", null, null)]
    [InlineData("AC", "", null)]
    [InlineData("AC", "ldap://annuaire-igc.esante.gouv.fr/cn=list", null)]
    [InlineData("AC", null, "ldap://ocsp.invalid")]
    [InlineData("AC", null, "/ocsp")]
    public void A_source_that_cannot_be_asked_is_refused(string issuer, string? crl, string? ocsp) =>
        Assert.NotEmpty(FaultsOf(o => o.RevocationSources.Add(new RevocationSource
        {
            Issuer = issuer,
            Crl = crl,
            Ocsp = ocsp is null ? null : new Uri(ocsp, UriKind.RelativeOrAbsolute),
        })));

    [Fact]
    public async Task The_section_Card_makes_a_verifier_that_works()
    {
        var folder = new TestPkiFolder(_folder);
        folder.Save(TestCards.Pki, TestCards.Now);
        await using var responder = await LoopbackServer.StartAsync(r => new TestOcspResponder(TestCards.Pki).Answer(r, TestCards.Now));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Card:TrustedAuthorities:0"] = folder.AuthoritiesFile,
            ["Card:AllowTestCards"] = "true",
            ["Card:PolicyOids:0"] = TestPki.PolicyOid,
            ["Card:RevocationSources:0:Issuer"] = TestCards.Pki.FortPersons.Name,
            ["Card:RevocationSources:0:Ocsp"] = responder.Address.ToString(),
            ["Card:RevocationSources:1:Issuer"] = TestCards.Pki.StandardPersons.Name,
            ["Card:RevocationSources:1:Crl"] = folder.CrlFile(TestCards.Pki.StandardPersons),
        }).Build();
        var options = configuration.GetSection(CardOptions.Section).Get<CardOptions>()!;
        await using var services = new ServiceCollection().AddLogging().AddCardVerification(_ => options).BuildServiceProvider();
        var verifier = services.GetRequiredService<CardVerifier>();
        await services.GetRequiredService<CrlStore>().RefreshAsync(TestCards.Now, CancellationToken.None);

        foreach (var card in TestCards.Pki.Cards.Where(c => c.Variant == TestCardVariant.Ordinary))
            Assert.IsType<CardVerification.Verified>(await verifier.VerifyAsync(card.Present(), TestCards.Now, CancellationToken.None));
    }

    [Fact]
    public void A_file_without_authority_stops_the_start()
    {
        var card = Path.Combine(_folder, "card.pem");
        File.WriteAllText(card, TestCards.Of(TestCards.Doctor).Authentication.ExportCertificatePem());
        var text = Path.Combine(_folder, "text.pem");
        File.WriteAllText(text, "no certificate");

        foreach (var file in new[] { card, text, Path.Combine(_folder, "missing.pem") })
            Assert.Throws<InvalidOperationException>(() => TrustedAuthorities.Load([file]));
    }

    [Fact]
    public void Intermediates_without_a_root_stop_the_start() => Assert.Throws<InvalidOperationException>(
        () => new TrustedAuthorities(TestCards.Pki.Authorities.Where(a => !a.IsRoot).Select(a => a.Certificate)));

    [Theory]
    [InlineData("a card", "basicConstraints")]
    [InlineData("a certificate without basicConstraints", "basicConstraints")]
    [InlineData("a root with a key of 1024 bits", "too short")]
    [InlineData("an intermediate signed over SHA-1", "broken algorithm")]
    public void One_certificate_that_is_no_strong_authority_stops_the_start(string certificate, string fault)
    {
        var root = TestCards.Pki.Authority("ACR-FO-TEST");
        var authorities = TestCards.Pki.Authorities.Select(a => a.Certificate);
        var intermediate = CertificateProfile.SubordinateAuthority;
        var bad = certificate switch
        {
            "a card" => TestCards.Of(TestCards.Doctor).Authentication,
            "a certificate without basicConstraints" => Intermediate(root, intermediate.Without("basicConstraints")),
            "a root with a key of 1024 bits" => root.Counterfeit(RSA.Create(1024), TestCards.Now).Certificate,
            _ => Intermediate(root, intermediate, new BrokenHashSigner(root.Key, HashAlgorithmName.SHA1)),
        };

        var stopped = Assert.Throws<InvalidOperationException>(() => new TrustedAuthorities([.. authorities, bad]));

        Assert.Contains(fault, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_signed_itself_over_SHA_1_is_trusted_for_its_key()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(new X500DistinguishedName("CN=OLD ROOT"), new PublicKey(key), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        var root = request.Create(
            request.SubjectName, new BrokenHashSigner(key, HashAlgorithmName.SHA1), TestCards.Now, TestCards.Now.AddYears(1), [1]);

        Assert.True(Assert.Single(new TrustedAuthorities([root]).All).IsRoot);
    }

    [Theory]
    [InlineData("DER")]
    [InlineData("PEM")]
    [InlineData("PKCS7")]
    [InlineData("PKCS7 as PEM")]
    public void Authorities_are_read_in_the_forms_in_which_they_are_handed_out(string form)
    {
        var root = TestCards.Pki.Authority("ACR-FO-TEST").Certificate;
        var file = Path.Combine(_folder, "authority");
        var bundle = new X509Certificate2Collection(root);
        var pkcs7 = bundle.Export(X509ContentType.Pkcs7)!;
        File.WriteAllBytes(file, form switch
        {
            "DER" => root.RawData,
            "PEM" => Encoding.ASCII.GetBytes("# a comment\n" + root.ExportCertificatePem()),
            "PKCS7" => pkcs7,
            _ => Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", pkcs7)),
        });

        Assert.Equal("TEST AC RACINE IGC-SANTE FORT", Assert.Single(TrustedAuthorities.Load([file]).All).Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static X509Certificate2 Intermediate(TestAuthority root, CertificateProfile profile, X509SignatureGenerator? signer = null)
    {
        using var key = RSA.Create(2048);
        return root.Issue(profile, new ProfileValues(("tier", "FORT"), ("population", "ROBOTS")), new PublicKey(key), TestCards.Now, signer);
    }

    private static List<string> FaultsOf(Action<CardOptions> change)
    {
        var options = TestCards.Options();
        change(options);
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.Select(f => f.ErrorMessage!)];
    }
}
