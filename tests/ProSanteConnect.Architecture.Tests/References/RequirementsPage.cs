using System.Globalization;
using System.Text;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>Writes <c>docs/requirements.md</c>: each requirement with its tests, and those without one.</summary>
internal static class RequirementsPage
{
    public static string Generate(string command)
    {
        var tests = TaggedTest.All.ToLookup(test => test.Id);
        var entries = Requirements.All.Select(requirement => (Requirement: requirement, Tests: requirement.Ids
            .SelectMany(id => tests[id])
            .Select(test => $"{test.Project}, {test.Class}: {test.Sentence}")
            .Distinct().Order(StringComparer.Ordinal).ToList())).ToList();
        var tested = entries.Where(entry => entry.Tests.Count > 0).ToList();
        var untested = entries.Where(entry => entry.Tests.Count == 0 && entry.Requirement.IsDemand).ToList();

        var page = new StringBuilder();
        page.Append(
            $"""
            # Requirements and their tests

            This page is generated from the ids on the tests; a test compares it. Write it again with
            `{command}`.
            Where an id leads to is explained in [reference/README.md](reference/README.md).

            {tested.Count} requirements have a test that names them, {untested.Count} have none. The latter may be tested without being named, may not be built yet, or may
            not apply (a feature that is not offered, a rule for relying parties).

            ## With a test

            """.ReplaceLineEndings("\n"));
        Append(page, tested);
        page.Append("\n## Without a test\n");
        Append(page, untested);
        return page.ToString();
    }

    private static void Append(StringBuilder page, IEnumerable<(Requirement Requirement, List<string> Tests)> entries)
    {
        foreach (var section in entries.GroupBy(entry => (entry.Requirement.File, entry.Requirement.Section)))
        {
            var (file, title) = section.Key;
            page.Append(CultureInfo.InvariantCulture, $"\n### {title} ([{Path.GetFileNameWithoutExtension(file)}](reference/{file}))\n\n");
            foreach (var (requirement, tests) in section)
            {
                page.Append("- ").Append(Line(requirement)).Append('\n');
                foreach (var test in tests) page.Append("  - ").Append(test).Append('\n');
            }
        }
    }

    private static string Line(Requirement requirement) => $"**{string.Join(", ", requirement.Ids)}** {requirement.Title}";
}
