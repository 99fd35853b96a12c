using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>Citations of the references in code and documents, such as "security-checklist T13" and "psc-protocol §1, 12".</summary>
public sealed partial class Citations
{
    private static readonly string[] _extensions = [".cs", ".cshtml", ".css", ".csproj", ".js", ".md"];

    [Fact]
    public void A_citation_leads_to_a_section_or_a_line_of_its_reference()
    {
        var citations = Sources().SelectMany(file => Read(File.ReadAllText(file)).Select(citation => (Citation: citation, File: Path.GetRelativePath(Repository.Root, file)))).ToList();

        Assert.True(citations.Count > 100, $"{citations.Count} citations were found: they are written in another way than this test reads.");
        Findings.AssertNone("These citations lead nowhere in docs/reference:", citations.Where(found => !IsFound(found.Citation)).Select(found => $"{found.File}: {found.Citation}"));
    }

    [Theory]
    [InlineData("(security-checklist T9 and §5, \"Portal\")", "security-checklist T9", "security-checklist §5")]
    [InlineData("(design §1, decision 8; security-checklist T1, T4)", "design §1", "design §1, 8", "security-checklist T1", "security-checklist T4")]
    [InlineData("/// (security-checklist\n    /// T25).", "security-checklist T25")]
    [InlineData("(psc-protocol §4.2–4.4)", "psc-protocol §4.2", "psc-protocol §4.4")]
    [InlineData("(psc-protocol §3.2, D11, D16; ADR)", "psc-protocol §3.2", "psc-protocol D11", "psc-protocol D16")]
    [InlineData("(`ecps-cpx-directory.md` §0.3, §0.4)", "ecps-cpx-directory §0.3", "ecps-cpx-directory §0.4")]
    [InlineData("(screens C1, C2, P10)", "screens C1", "screens C2", "screens P10")]
    [InlineData("(security-checklist 10.7)", "security-checklist 10.7")]
    [InlineData("ends the request on both screens")]
    public void A_citation_is_read_part_by_part(string text, params string[] expected) =>
        Assert.Equal(expected, Read(text).Select(citation => citation.ToString()));

    [Theory]
    [InlineData("design", "§1, 13")]
    [InlineData("screens", "C10")]
    [InlineData("psc-protocol", "§4.9")]
    [InlineData("security-checklist", "T26")]
    [InlineData("security-checklist", "§0.12")]
    public void A_citation_of_what_does_not_exist_is_found_out(string name, string place) => Assert.False(IsFound(new(name, place)));

    private static IEnumerable<string> Sources() =>
        from folder in new[] { "src", "tests", "samples", "docs" }
        from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)
        where _extensions.Contains(Path.GetExtension(file)) && !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains(".Architecture.Tests", StringComparison.Ordinal)
        select file;

    private static IEnumerable<Citation> Read(string text)
    {
        text = LineBreak().Replace(text, " ");
        foreach (Match citation in AnyCitation().Matches(text))
        {
            var section = "";
            foreach (Match part in Part().Matches(citation.Groups["places"].Value))
            {
                if (part.Groups["section"] is { Success: true } number) section = number.Value;
                var place = part.Groups["point"] is { Success: true } point && section.Length > 0 ? $"{section}, {point.Value}" : part.Groups["until"] is { Success: true } until ? $"§{until.Value}" : part.Value;
                if (part.Groups["point"].Success && section.Length > 0) section = "";
                yield return new(citation.Groups["name"].Value, place);
            }
        }
    }

    private static bool IsFound(Citation citation)
    {
        var (name, place) = citation;
        var lines = ReferenceFiles.Lines($"{name}.md");
        if (place.StartsWith('§'))
        {
            var (section, point) = place[1..].Split(", ") is [var first, var second] ? (first, second) : (place[1..], null);
            if (point is null && IsHeading(lines, section)) return true;
            if (point is null && section.Split('.') is [var outer, var inner]) (section, point) = (outer, inner);
            return point is not null && Section(lines, section).Any(line => line.StartsWith($"{point}. ", StringComparison.Ordinal) || line.StartsWith($"| {point} |", StringComparison.Ordinal));
        }
        if (name is "screens") return lines.Any(line => line.StartsWith($"**{place} ", StringComparison.Ordinal));
        return Requirements.ById[place].Any(requirement => requirement.File == $"{name}.md")
            || (char.IsDigit(place[0]) && IsHeading(lines, place))
            || (char.IsDigit(place[0]) && Requirements.All.Any(requirement => requirement.Ids.Any(id => id.StartsWith($"ASVS-{place}", StringComparison.Ordinal))));
    }

    private static bool IsHeading(string[] lines, string number) => lines.Any(line => Heading(line) == number);

    private static IEnumerable<string> Section(string[] lines, string number) =>
        lines.SkipWhile(line => Heading(line) != number).Skip(1).TakeWhile(line => Heading(line) is not { } other || other.StartsWith(number + ".", StringComparison.Ordinal));

    private static string? Heading(string line) => NumberedHeading().Match(line) is { Success: true } heading ? heading.Groups["number"].Value : null;

    [GeneratedRegex(@"\s*\n\s*(///|//|\*)?\s*")]
    private static partial Regex LineBreak();

    [GeneratedRegex("""
        \b(?<name>design|screens|psc-protocol|ecps-cpx-directory|security-checklist|conformance-checklist|openiddict-notes)(\.md)?`?(\]\([^)]*\))?
        (?<places>(,?\ (and\ )?(§\d+(\.\d+)*(–\d+(\.\d+)*)?|[TRDCP]\d+b?\b|(decision\ )?\d+(\.\d+)*))+)
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AnyCitation();

    [GeneratedRegex(@"(?<section>§\d+(\.\d+)*)|–(?<until>\d+(\.\d+)*)|[TRDCP]\d+b?|(decision )?(?<point>\d+(\.\d+)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"^#+ (?<number>\d+(\.\d+)*)\.? ", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedHeading();

    private sealed record Citation(string Name, string Place)
    {
        public override string ToString() => $"{Name} {Place}";
    }
}
