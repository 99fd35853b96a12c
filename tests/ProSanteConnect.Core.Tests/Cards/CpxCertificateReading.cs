using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProSanteConnect.Core.Cards;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Cards;

public sealed class CpxCertificateReading
{
    public static TheoryData<CardHolder> Holders =>
        [TestCards.Doctor, TestCards.Student, TestCards.Employee, TestCards.Authorized];

    [Theory]
    [MemberData(nameof(Holders), DisableDiscoveryEnumeration = true)]
    public void A_card_of_each_kind_says_who_holds_it(CardHolder holder)
    {
        var card = TestCards.Of(holder);

        var says = CpxCertificate.Read(card.Present());

        Assert.Equal(holder.Kind, says.Kind);
        Assert.Equal(holder.NationalId, says.ClaimedNationalId);
        Assert.Equal(holder.FamilyName, says.FamilyName);
        Assert.Equal(holder.GivenName, says.GivenName);
        Assert.Equal(holder.Title, says.Title);
        Assert.Equal(holder.ProfessionCode, says.ProfessionCode);
        Assert.Equal(holder.Organization, says.Organization);
        Assert.Equal(holder.OrganizationId, says.OrganizationId);
        Assert.Equal(ProductCategory.TestCpx, says.Category);
        Assert.True(says.IsTest);
        Assert.Matches("^8025000001/26[0-9]{8}$", says.CardNumber);
    }

    [Fact]
    public void The_extensions_have_the_bytes_of_a_real_card()
    {
        using var card = CardBuilder.Cpe().Make();

        Assert.Equal("040180", Hex(card, "1.2.250.1.71.1.2.5"));
        Assert.Equal("020102", Hex(card, "1.2.250.1.71.1.2.2"));
        Assert.Equal("1315383032353030303030312F32363030303030303031", Hex(card, "1.2.250.1.71.1.2.3"));
    }

    [Fact]
    public void The_subject_has_the_shape_of_a_real_card()
    {
        using var card = CardBuilder.Cpe().Make();

        Assert.Equal(
            "G=Paul + SN=MODELE + CN=3990000010/CPET00001, T=Personnel santé ou social, OU=1990000010, O=CENTRE HOSPITALIER IMAGINAIRE, S=Finistère (29), C=FR",
            card.Subject);
        Assert.Equal("3990000010/CPET00001@carte-cps.fr", card.GetNameInfo(X509NameType.UpnName, forIssuer: false));
    }

    [Theory]
    [InlineData("an integer where octets belong", "1.2.250.1.71.1.2.5", "INTEGER:128")]
    [InlineData("two octets", "1.2.250.1.71.1.2.5", "OCTETSTRING:8000")]
    [InlineData("a category that nobody defined", "1.2.250.1.71.1.2.5", "OCTETSTRING:7F")]
    public void A_malformed_category_is_read_as_absent(string what, string oid, string value)
    {
        var says = CpxCertificate.Read(CardBuilder.Cps().With(oid, value).Present());

        Assert.True(says.Category is null, what);
    }

    [Theory]
    [InlineData("INTEGER:4")]
    [InlineData("INTEGER:-1")]
    [InlineData("INTEGER:36893488147419103232")]
    [InlineData("OCTETSTRING:00")]
    public void A_malformed_kind_is_read_as_absent(string value) =>
        Assert.Null(CpxCertificate.Read(CardBuilder.Cps().With("1.2.250.1.71.1.2.2", value).Present()).Kind);

    [Fact]
    public void A_card_number_that_no_column_could_hold_is_read_as_absent()
    {
        var tooLong = "PRINTABLESTRING:" + new string('1', 41);

        Assert.Null(CpxCertificate.Read(CardBuilder.Cps().With("1.2.250.1.71.1.2.3", tooLong).Present()).CardNumber);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(40, true)]
    public void A_card_number_has_one_to_forty_characters(int length, bool isRead)
    {
        var number = new string('1', length);

        var says = CpxCertificate.Read(CardBuilder.Cps().With("1.2.250.1.71.1.2.3", $"PRINTABLESTRING:{number}").Present());

        Assert.Equal(isRead ? number : null, says.CardNumber);
    }

    [Theory]
    [InlineData("INTEGER:2147483647", int.MaxValue)]
    [InlineData("INTEGER:2147483648", null)]
    [InlineData("INTEGER:0", 0)]
    [InlineData("INTEGER:-1", null)]
    public void A_profession_code_that_no_column_could_hold_is_read_as_absent(string value, int? code) =>
        Assert.Equal(code, CpxCertificate.Read(CardBuilder.Cps().With("1.2.250.1.71.1.2.7", value).Present()).ProfessionCode);

    [Fact]
    public void An_extension_with_bytes_after_its_value_is_read_as_absent()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=898765000017", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509Extension("1.2.250.1.71.1.2.5", [0x04, 0x01, 0x80, 0x00], critical: false));
        request.CertificateExtensions.Add(new X509Extension("1.2.250.1.71.1.2.2", [0x02, 0x01, 0x00], critical: false));
        using var certificate = request.CreateSelfSigned(TestCards.Now, TestCards.Now.AddYears(1));

        var says = CpxCertificate.Read(new UnverifiedCertificate(certificate));

        Assert.Equal((null, CpxKind.Cps), (says.Category, says.Kind));
    }

    [Fact]
    public void Of_two_structures_the_one_that_the_subject_names_first_is_read()
    {
        var says = SaysWithSubject("C=FR, O=PREMIER, OU=1990000010, O=SECOND, OU=1990000028, GN=Camille + CN=898765000017 + SN=FICTIF");

        Assert.Equal(("PREMIER", "1990000010"), (says.Organization, says.OrganizationId));
    }

    [Fact]
    public void Two_common_names_leave_nobody() =>
        Assert.Null(SaysWithSubject("C=FR, CN=898765000033, GN=Camille + CN=898765000017 + SN=FICTIF").ClaimedNationalId);

    [Fact]
    public void Two_common_names_in_one_RDN_leave_nobody() =>
        Assert.Null(SaysWithSubject("C=FR, CN=898765000033 + CN=898765000017 + SN=FICTIF").ClaimedNationalId);

    [Fact]
    public void A_common_name_that_stands_alone_is_no_person() =>
        Assert.Null(SaysWithSubject("C=FR, GN=Camille, SN=FICTIF, CN=898765000017").ClaimedNationalId);

    [Fact]
    public void The_national_identifier_is_not_taken_from_the_alternative_name()
    {
        var card = CardBuilder.Cps().With("subjectAltName", "UPN:898765000033@carte-cps.fr");

        Assert.Equal("898765000017", CpxCertificate.Read(card.Present()).ClaimedNationalId);
    }

    [Fact]
    public void Bytes_that_are_no_certificate_are_not_read()
    {
        Assert.False(UnverifiedCertificate.TryRead([0x30, 0x03, 0x02, 0x01, 0x00], out _));
        Assert.False(UnverifiedCertificate.TryRead([], out _));
        Assert.True(UnverifiedCertificate.TryRead(TestCards.Of(TestCards.Doctor).Authentication.RawData, out var read));
        Assert.DoesNotContain("FICTIF", read.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static CpxCertificate SaysWithSubject(string subject) =>
        CpxCertificate.Read(CardBuilder.Cps().With("subject", subject).Present());

    private static string Hex(X509Certificate2 card, string oid) => Convert.ToHexString(card.Extensions[oid]!.RawData);
}
