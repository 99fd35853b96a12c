using ProSanteConnect.Testing;
using ProSanteConnect.Testing.Cards;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>The texts in certs/ and what is made of them.</summary>
public sealed class CertificateProfiles
{
    [Fact]
    public void The_README_explains_each_text()
    {
        var certs = Repository.PathOf("certs");
        var readme = File.ReadAllText(Path.Combine(certs, "README.md"));

        foreach (var file in Directory.GetFiles(certs, "*.txt").Select(Path.GetFileName))
            Assert.Contains($"[{file}]({file})", readme, StringComparison.Ordinal);
        foreach (var variant in Enum.GetValues<TestCardVariant>().Except([TestCardVariant.Ordinary]))
            Assert.Contains($"`-{variant.Code()}`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generator_reads_the_texts_of_the_repository()
    {
        var embedded = typeof(TestPki).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("certs/", StringComparison.Ordinal));
        var files = Directory.GetFiles(Repository.PathOf("certs"), "*.txt").Select(f => $"certs/{Path.GetFileName(f)}");

        Assert.Equal(files.Order(), embedded.Order());
    }

    [Fact]
    public void What_has_no_value_is_left_out_of_the_subject_and_of_the_extensions()
    {
        using var cps = CardBuilder.Cps().Make();
        using var cpe = CardBuilder.Cpe().Make();

        Assert.Equal("SN=FICTIF + G=Camille + CN=898765000017, T=Médecin, C=FR", cps.Subject);
        Assert.NotNull(cps.Extensions["1.2.250.1.71.1.2.7"]);
        Assert.Null(cpe.Extensions["1.2.250.1.71.1.2.7"]);
    }

    [Fact]
    public void The_three_names_of_a_person_stand_in_one_RDN()
    {
        using var cps = CardBuilder.Cps().Make();

        var multiple = Assert.Single(cps.SubjectName.EnumerateRelativeDistinguishedNames(), n => n.HasMultipleElements);

        Assert.Throws<InvalidOperationException>(() => multiple.GetSingleElementType());
    }

    [Fact]
    public void A_certificate_of_IGC_Sante_has_a_serial_number_of_sixteen_bytes()
    {
        for (var i = 0; i < 50; i++)
        {
            using var card = CardBuilder.Cps().Make();

            Assert.Equal(16, card.SerialNumberBytes.Length);
        }
    }

    [Theory]
    [InlineData("just words")]
    [InlineData("key RSA 2048")]
    public void A_line_without_an_equals_sign_is_no_profile(string text) =>
        Assert.Throws<FormatException>(() => CertificateProfile.Parse(text));

    [Theory]
    [InlineData("keyUsage", "critical, everything")]
    [InlineData("subjectAltName", "MAIL:x")]
    [InlineData("1.2.3.4", "REAL:1")]
    [InlineData("1.2.3.4", "INTEGER:{unheard-of}")]
    [InlineData("netscapeComment", "hello")]
    public void A_value_that_nobody_understands_makes_no_certificate(string line, string value)
    {
        var card = CardBuilder.Cps().Adding(line, value);

        Assert.Throws<FormatException>(card.Make);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("-1 month")]
    [InlineData("-1 month, +3 centuries")]
    public void A_term_that_nobody_understands_makes_no_certificate(string valid) =>
        Assert.Throws<FormatException>(CardBuilder.Cps().With("valid", valid).Make);
}
