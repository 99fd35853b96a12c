using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>The ids of requirements on tests, and the page that is generated from them.</summary>
public sealed partial class RequirementIds
{
    private const string WriteCommand = "PSC_WRITE_DOCS=1 dotnet test --project tests/ProSanteConnect.Architecture.Tests";

    [Fact]
    public void An_id_on_a_test_resolves_to_a_line_of_the_references()
    {
        var unknown = TaggedTest.All.Where(test => !Requirements.ById.Contains(test.Id)).Select(test => $"{test.Id} on {test.Class}.{test.Method}");

        Assert.NotEmpty(TaggedTest.All);
        Findings.AssertNone("These ids resolve to no line of docs/reference:", unknown);
    }

    [Fact]
    public void An_id_belongs_to_one_line_only()
    {
        var doubles = Requirements.ById.Where(id => id.Count() > 1).Select(id => $"{id.Key}: {string.Join(", ", id.Select(r => $"{r.File}:{r.Line}"))}");

        Findings.AssertNone("These ids belong to several lines of docs/reference:", doubles);
    }

    [Theory]
    [InlineData("PSC-1.12", "psc-protocol.md", "Anything advertised gets used")]
    [InlineData("EXI-PSC-5", "psc-protocol.md", "eligibility, engagement")]
    [InlineData("RIE-PS-13", "psc-protocol.md", "IdP session <= 4 h")]
    [InlineData("RIE-PS-18", "psc-protocol.md", "attestation by 31/12/2026")]
    [InlineData("D41", "psc-protocol.md", "Exact colours and fonts")]
    [InlineData("A9", "ecps-cpx-directory.md", "Saisissez ce code sur l'ordinateur.")]
    [InlineData("A-END", "ecps-cpx-directory.md", "Votre e-CPS est maintenant activée.")]
    [InlineData("B3.5", "ecps-cpx-directory.md", "Si vous êtes bien répertorié")]
    [InlineData("B5b", "ecps-cpx-directory.md", "… ou scannez-le directement")]
    [InlineData("S3.2", "ecps-cpx-directory.md", "Cliquez sur le bouton «Actif»")]
    [InlineData("T13", "security-checklist.md", "Login CSRF, forced logout")]
    [InlineData("T22b", "security-checklist.md", "CIBA: anybody with an RPPS")]
    [InlineData("R11", "security-checklist.md", "Mail/SMS gateway")]
    [InlineData("ASVS-3.4.5", "security-checklist.md", "HSTS ≥ 1 y")]
    [InlineData("ASVS-16.3.2", "security-checklist.md", "logs: masked")]
    [InlineData("ASVS-16.5.1", "security-checklist.md", "no debug, no version")]
    [InlineData("OIDCC-BASIC", "conformance-checklist.md", "2.1 oidcc-basic-certification-test-plan")]
    [InlineData("RFC9700-2.1.1c", "conformance-checklist.md", "downgrade: verifier without prior challenge")]
    [InlineData("RFC6749-5.1", "conformance-checklist.md", "token answers carry")]
    [InlineData("OIDC-3.1.2.1", "conformance-checklist.md", "redirect_uri is REQUIRED")]
    public void An_id_leads_to_the_line_that_has_its_number(string id, string file, string beginning)
    {
        var requirement = Assert.Single(Requirements.ById[id]);

        Assert.Equal(file, requirement.File);
        Assert.StartsWith(beginning, requirement.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_a_class_and_of_its_methods_are_read_from_the_sources()
    {
        const string source = """
            [Trait("Requirement", "T6")]
            public sealed class Waiting(SharedProvider provider)
            {
                [Theory]
                [Trait("Requirement", "T3")]
                [InlineData("[Fact]")]
                public async Task A_page_waits(string text)
                {
                }

                public void Helper() { }

                [Fact]
                [Steps("A1", "A2")]
                public void A_journey_is_walked() { }
            }
            """;

        Assert.Equal(
            ["A_page_waits T6", "A_page_waits T3", "A_journey_is_walked T6", "A_journey_is_walked A1", "A_journey_is_walked A2"],
            TaggedTest.Read("Server.Tests", source.Split('\n')).Select(test => $"{test.Method} {test.Id}"));
    }

    /// <summary>An id in a spelling that <see cref="TaggedTest"/> does not read would go unnoticed.</summary>
    [Fact]
    public void Every_attribute_with_an_id_is_read()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(".Architecture.Tests", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).ToList();
        var unread = sources.Where(line => line.Contains("\"Requirement\"", StringComparison.Ordinal) && !ReadableTrait().IsMatch(line) && !line.Contains("KeyValuePair", StringComparison.Ordinal));
        var read = TaggedTest.All.Select(test => test.Id).ToHashSet();
        var written = sources.SelectMany(line => ReadableTrait().Matches(line)).Select(trait => trait.Groups["id"].Value);

        Findings.AssertNone("Write an id as [Trait(\"Requirement\", \"T13\")], alone on its line:", unread);
        Assert.All(written, id => Assert.Contains(id, read));
    }

    [Fact]
    public void The_page_of_requirements_is_what_would_be_generated()
    {
        var page = Repository.PathOf("docs", "requirements.md");
        var generated = RequirementsPage.Generate(WriteCommand);
        if (Environment.GetEnvironmentVariable("PSC_WRITE_DOCS") is "1") File.WriteAllText(page, generated);

        Assert.True(File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == generated, $"docs/requirements.md is not what the tests say. Write it again: {WriteCommand}");
    }

    [GeneratedRegex("""^\s*\[Trait\("Requirement", "(?<id>[^"]+)"\)\]\s*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex ReadableTrait();
}
