using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Core.Cards.Checks;
using ProSanteConnect.Core.Cards.Revocation;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;
using static ProSanteConnect.Core.Cards.CardRefusal;

namespace ProSanteConnect.Core.Tests.Cards;

[Trait("Requirement", "ASVS-12.1.3")]
public sealed class CardChecks
{
    private const string Category = "1.2.250.1.71.1.2.5";
    private const string Kind = "1.2.250.1.71.1.2.2";
    private const string CardNumber = "1.2.250.1.71.1.2.3";

    private static readonly Lazy<TestAuthority> Foreign = new(() =>
        TestAuthority.Root("FOREIGN", CertificateProfile.RootAuthority, new ProfileValues(("tier", "ETRANGER")), TestCards.Now));

    private static readonly Lazy<TestAuthority> Counterfeit = new(() => TestCards.Pki.FortPersons.Counterfeit(RSA.Create(2048), TestCards.Now));

    private static readonly Lazy<TestAuthority> Unconfigured = new(() => TestCards.Pki.Authority("ACR-FO-TEST").Subordinate(
        "ACI-XX-TEST", CertificateProfile.SubordinateAuthority, new ProfileValues(("tier", "FORT"), ("population", "ROBOTS")), TestCards.Now));

    private static readonly Lazy<TestAuthority> CardAsAuthority = new(() => new TestAuthority("CARD", TestCards.Of(TestCards.Doctor).AuthenticationChip));

    private static readonly Dictionary<string, (Func<CardBuilder> Card, CardRefusal Reason, CardFlaw? Flaw)> BadCards = new()
    {
        ["of another authority"] = (() => CardBuilder.Cps().From(Foreign.Value), Unknown, CardFlaw.Authority),
        ["of an authority that took our name"] = (() => CardBuilder.Cps().From(Counterfeit.Value), Unknown, CardFlaw.Authority),
        ["of an authority of ours that is not configured"] = (() => CardBuilder.Cps().From(Unconfigured.Value), Unknown, CardFlaw.Authority),
        ["signed by itself in our name"] = (() => CardBuilder.Cps().SelfSigned(), Unknown, CardFlaw.Authority),
        ["issued by another card"] = (() => CardBuilder.Cps().From(CardAsAuthority.Value), Unknown, CardFlaw.Authority),
        ["with a critical extension that nobody knows"] =
            (() => CardBuilder.Cps().Adding("1.2.3.4.5", "critical, INTEGER:1"), Unknown, CardFlaw.Authority),
        ["signed over MD5"] = (() => CardBuilder.Cps().Hashed(HashAlgorithmName.MD5), Unknown, CardFlaw.WeakSignature),
        ["signed over SHA-1"] = (() => CardBuilder.Cps().Hashed(HashAlgorithmName.SHA1), Unknown, CardFlaw.WeakSignature),
        ["with an RSA key of 1024 bits"] = (() => CardBuilder.Cps().WithKey(RSA.Create(1024)), Unknown, CardFlaw.WeakKey),
        ["with a key on a curve of 224 bits"] =
            (() => CardBuilder.Cps().WithKey(ECDsa.Create(ECCurve.CreateFromFriendlyName("secp224r1"))), Unknown, CardFlaw.WeakKey),
        ["with a key of Ed25519, which is not listed"] = (
            () => CardBuilder.Cps().WithKey(new PublicKey(new Oid("1.3.101.112"), null, new AsnEncodedData(new byte[32]))),
            Unknown, CardFlaw.WeakKey),
        ["with an RSA key that is not written in DER"] = (() => CardBuilder.Cps().WithKey(RsaKey(WithLongLength)), Unknown, CardFlaw.WeakKey),
        ["with an RSA key that cannot be decoded"] = (() => CardBuilder.Cps().WithKey(RsaKey(_ => [0x30, 0x00])), Unknown, CardFlaw.Unreadable),
        ["with a key on a curve of its own description"] = (() => CardBuilder.Cps().WithKey(OnExplicitCurve()), Unknown, CardFlaw.Unreadable),
        ["that has expired"] = (() => CardBuilder.Cps().With("valid", "-3 years, -1 day"), Expired, null),
        ["that is not valid yet"] = (() => CardBuilder.Cps().With("valid", "+1 day, +3 years"), NotYetValid, null),
        ["that is its signature certificate"] =
            (() => CardBuilder.Cps().Like(CertificateProfile.CardSignature), WrongCertificate, CardFlaw.KeyUsage),
        ["that may only sign documents, though meant for clients"] =
            (() => CardBuilder.Cps().With("keyUsage", "critical, nonRepudiation"), WrongCertificate, CardFlaw.KeyUsage),
        ["that does not say what its key is for"] = (() => CardBuilder.Cps().Without("keyUsage"), WrongCertificate, CardFlaw.KeyUsage),
        ["whose key may only encipher"] =
            (() => CardBuilder.Cps().With("keyUsage", "critical, keyEncipherment"), WrongCertificate, CardFlaw.KeyUsage),
        ["that is an authority, too"] = (
            () => CardBuilder.Cps().With("basicConstraints", "critical, CA:TRUE").From(TestCards.Pki.Authority("ACR-FO-TEST")),
            WrongCertificate, CardFlaw.KeyUsage),
        ["for a server"] = (() => CardBuilder.Cps().With("extendedKeyUsage", "1.3.6.1.5.5.7.3.1"), WrongCertificate, CardFlaw.ExtendedKeyUsage),
        ["for any purpose"] = (() => CardBuilder.Cps().With("extendedKeyUsage", "2.5.29.37.0"), WrongCertificate, CardFlaw.ExtendedKeyUsage),
        ["that does not say its purpose"] = (() => CardBuilder.Cps().Without("extendedKeyUsage"), WrongCertificate, CardFlaw.ExtendedKeyUsage),
        ["without a policy"] = (() => CardBuilder.Cps().Without("certificatePolicies"), WrongCertificate, CardFlaw.Policy),
        ["under another policy"] =
            (() => CardBuilder.Cps().With("certificatePolicies", "1.2.250.1.213.1.7.9.9, CPS:http://pc.invalid"), WrongCertificate, CardFlaw.Policy),
        ["under any policy"] =
            (() => CardBuilder.Cps().With("certificatePolicies", "2.5.29.32.0, CPS:http://pc.invalid"), WrongCertificate, CardFlaw.Policy),
        ["that is software for tests"] = (() => CardBuilder.Cps().With(Category, "OCTETSTRING:83"), WrongCertificate, CardFlaw.Product),
        ["that is software"] = (() => CardBuilder.Cps().With(Category, "OCTETSTRING:03"), WrongCertificate, CardFlaw.Product),
        ["that is a security module"] = (() => CardBuilder.Cps().With(Category, "OCTETSTRING:02"), WrongCertificate, CardFlaw.Product),
        ["that does not say what it lives in"] = (() => CardBuilder.Cps().Without(Category), WrongCertificate, CardFlaw.Product),
        ["without a kind"] = (() => CardBuilder.Cps().Without(Kind), WrongCertificate, CardFlaw.Identity),
        ["of a kind that does not exist"] = (() => CardBuilder.Cps().With(Kind, "INTEGER:4"), WrongCertificate, CardFlaw.Identity),
        ["without a number"] = (() => CardBuilder.Cps().Without(CardNumber), WrongCertificate, CardFlaw.Identity),
        ["with two common names"] = (
            () => CardBuilder.Cps().With("subject", "C=FR, CN=898765000033, GN=Camille + CN=898765000017 + SN=FICTIF"),
            WrongCertificate, CardFlaw.Identity),
        ["for a service instead of a person"] = (
            () => CardBuilder.Cpe().With("subject", "C=FR, title=Carte de service santé ou social, CN={national-id}"),
            WrongCertificate, CardFlaw.Identity),
        ["whose identifier has no known type"] = (() => CardBuilder.Cps().For("798765000017"), WrongCertificate, CardFlaw.Identity),
        ["whose identifier holds markup"] = (() => CardBuilder.Cps().For("8<b>987650001"), WrongCertificate, CardFlaw.Identity),
    };

    public static TheoryData<string> NamesOfBadCards => [.. BadCards.Keys];

    [Theory]
    [MemberData(nameof(NamesOfBadCards))]
    public async Task A_bad_card_is_refused_for_its_own_reason(string name)
    {
        var (card, reason, flaw) = BadCards[name];

        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(card().Present()));

        Assert.Equal((reason, flaw), (refused.Reason, refused.Flaw));
    }

    [Fact]
    public async Task A_good_card_of_each_kind_is_verified()
    {
        foreach (var holder in new[] { TestCards.Doctor, TestCards.Student, TestCards.Employee, TestCards.Authorized })
        {
            var presented = TestCards.Of(holder);

            var card = Assert.IsType<CardVerification.Verified>(await VerifyAsync(presented.Present())).Card;

            Assert.Equal(holder.NationalId, card.NationalId.Value);
            Assert.Equal((holder.Kind, holder.FamilyName, holder.GivenName), (card.Kind, card.FamilyName, card.GivenName));
            Assert.Equal(presented.Authentication.NotAfter.ToUniversalTime(), card.NotAfter.UtcDateTime);
            Assert.True(card.IsTestCard);
            Assert.True(card.IsRevocationChecked);
            Assert.DoesNotContain(holder.FamilyName, card.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_card_with_a_key_on_a_strong_curve_is_verified()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.IsType<CardVerification.Verified>(await VerifyAsync(CardBuilder.Cps().WithKey(key).Present()));
    }

    [Fact]
    public async Task A_card_of_production_is_no_test_card()
    {
        var options = TestCards.Options();
        options.AllowTestCards = false;

        var verified = await VerifyAsync(CardBuilder.Cps().With(Category, "OCTETSTRING:00").Present(), options);

        Assert.False(Assert.IsType<CardVerification.Verified>(verified).Card.IsTestCard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_test_card_is_told_so_where_it_is_not_accepted_whoever_issued_it(bool ofOurAuthority)
    {
        var options = TestCards.Options();
        options.AllowTestCards = false;
        var card = ofOurAuthority ? CardBuilder.Cps() : CardBuilder.Cps().From(Foreign.Value);

        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(card.Present(), options));

        Assert.Equal(TestCardRefused, refused.Reason);
    }

    [Fact]
    public void Nobody_but_the_verifier_makes_a_verified_card() => Assert.Empty(typeof(VerifiedCard).GetConstructors());

    [Fact]
    public async Task No_certificate_is_no_card() =>
        Assert.Equal(NoCard, Assert.IsType<CardVerification.Refused>(await VerifyAsync(null)).Reason);

    [Fact]
    public async Task An_authority_is_no_card()
    {
        foreach (var authority in TestCards.Pki.Authorities)
        {
            var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(new UnverifiedCertificate(authority.Certificate)));

            Assert.Contains(refused.Reason, new[] { Unknown, WrongCertificate });
        }
    }

    [Fact]
    public async Task A_card_is_good_until_the_last_second_of_its_term()
    {
        var card = CardBuilder.Cps().With("valid", "-1 day, +1 day").Present();
        var end = TestCards.Now.AddDays(1);

        Assert.IsType<CardVerification.Verified>(await VerifyAsync(card, at: end));
        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(card, at: end.AddSeconds(1)));

        Assert.Equal((Expired, end), (refused.Reason, refused.When!.Value));
    }

    [Fact]
    public async Task A_card_is_good_from_the_first_second_of_its_term()
    {
        var card = CardBuilder.Cps().With("valid", "+1 day, +2 days").Present();
        var start = TestCards.Now.AddDays(1);

        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(card, at: start.AddSeconds(-1)));
        Assert.IsType<CardVerification.Verified>(await VerifyAsync(card, at: start));

        Assert.Equal((NotYetValid, start), (refused.Reason, refused.When!.Value));
    }

    [Fact]
    public async Task A_card_without_basic_constraints_is_no_authority() =>
        Assert.IsType<CardVerification.Verified>(await VerifyAsync(CardBuilder.Cps().Without("basicConstraints").Present()));

    [Fact]
    public async Task An_intermediate_whose_root_is_not_configured_vouches_for_no_card()
    {
        var authorities = new TrustedAuthorities([TestCards.Pki.FortPersons.Certificate, Foreign.Value.Certificate]);

        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(CardBuilder.Cps().Present(), authorities: authorities));

        Assert.Equal((Unknown, CardFlaw.Authority), (refused.Reason, refused.Flaw));
    }

    [Fact]
    public async Task Nobody_is_believed_once_the_authority_has_expired()
    {
        var card = CardBuilder.Cps().With("valid", "-1 day, +15 years").Present();

        var refused = Assert.IsType<CardVerification.Refused>(await VerifyAsync(card, at: TestCards.Now.AddYears(11)));

        Assert.Equal(Unknown, refused.Reason);
    }

    [Fact]
    public async Task An_authority_may_not_stand_below_one_that_ends_the_path()
    {
        // pathlen:0 of FORT PERSONNES: it issues cards and no further authority.
        var below = TestCards.Pki.FortPersons.Subordinate(
            "ACI-YY-TEST", CertificateProfile.SubordinateAuthority, new ProfileValues(("tier", "FORT"), ("population", "CADETS")), TestCards.Now);
        var authorities = new TrustedAuthorities([.. TestCards.Pki.Authorities.Select(a => a.Certificate), below.Certificate]);

        var refused = Assert.IsType<CardVerification.Refused>(
            await VerifyAsync(CardBuilder.Cps().From(below).Present(), authorities: authorities));

        Assert.Equal((Unknown, CardFlaw.Authority), (refused.Reason, refused.Flaw));
    }

    [Fact]
    public async Task A_key_usage_that_cannot_be_decoded_is_a_refusal_and_no_fault()
    {
        var card = CardBuilder.Cps().Without("keyUsage").Adding("2.5.29.15", "critical, OCTETSTRING:FFFF");

        Assert.Equal(Unknown, Assert.IsType<CardVerification.Refused>(await VerifyAsync(card.Present())).Reason);
    }

    [Theory]
    [InlineData(TestCardVariant.Expired, Expired)]
    [InlineData(TestCardVariant.UnknownAuthority, Unknown)]
    [InlineData(TestCardVariant.SignatureOnly, WrongCertificate)]
    [InlineData(TestCardVariant.WrongPurpose, WrongCertificate)]
    public async Task A_card_of_the_test_PKI_plays_its_part(TestCardVariant variant, CardRefusal reason) =>
        Assert.Equal(reason, Assert.IsType<CardVerification.Refused>(await VerifyAsync(TestCards.With(variant).Present())).Reason);

    [Fact]
    public async Task The_card_that_no_directory_knows_is_good_in_itself()
    {
        var verified = await VerifyAsync(TestCards.With(TestCardVariant.NotInDirectory).Present());

        Assert.Equal(TestPki.Stranger.NationalId, Assert.IsType<CardVerification.Verified>(verified).Card.NationalId.Value);
    }

    [Fact]
    public async Task A_refused_card_asks_nobody_about_revocation()
    {
        var revocation = new FixedRevocation(new RevocationAnswer.Good());

        await VerifyAsync(TestCards.With(TestCardVariant.UnknownAuthority).Present(), revocation: revocation);
        await VerifyAsync(TestCards.With(TestCardVariant.Expired).Present(), revocation: revocation);

        Assert.Empty(revocation.Asked);
    }

    private static PublicKey RsaKey(Func<byte[], byte[]> change)
    {
        using var key = RSA.Create(2048);
        var encoded = change(key.ExportRSAPublicKey());
        return new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([0x05, 0x00]), new AsnEncodedData(encoded));
    }

    // BER lets a length have more octets than it needs; DER does not.
    private static byte[] WithLongLength(byte[] sequence) => [0x30, 0x84, 0x00, 0x00, .. sequence[2..]];

    // The parameters of P-256, written out instead of named.
    private static ECDsa OnExplicitCurve()
    {
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: false));
    }

    private static Task<CardVerification> VerifyAsync(
        UnverifiedCertificate? presented, CardOptions? options = null, TrustedAuthorities? authorities = null,
        IRevocationCheck? revocation = null, DateTimeOffset? at = null)
    {
        var terms = options ?? TestCards.Options();
        var trusted = authorities ?? TestCards.Authorities;
        var verifier = new CardVerifier(
            trusted, terms, new RevocationAddresses(trusted, terms), revocation ?? new FixedRevocation(new RevocationAnswer.Good()));
        return verifier.VerifyAsync(presented, at ?? TestCards.Now, CancellationToken.None);
    }
}
