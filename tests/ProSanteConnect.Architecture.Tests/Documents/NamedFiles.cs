using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.Documents;

/// <summary>The files, folders and names that the documents give; decisions (ADR) may name what is gone.</summary>
public sealed partial class NamedFiles
{
    public static TheoryData<string> Documents() =>
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_and_file_that_a_document_names_exists(string document)
    {
        var text = File.ReadAllText(Repository.PathOf(document));
        var paths = NamedPath().Matches(text).Select(path => path.Groups["path"].Value).ToList();
        var files = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).ToHashSet();

        Findings.AssertNone(
            $"{document} names what does not exist:",
            [.. paths.Where(path => !Path.Exists(InSources(path))), .. NamedFile().Matches(text).Select(file => file.Value).Where(file => !files.Contains(file))]);
    }

    [Fact]
    public void Each_name_of_a_step_stands_in_the_file_of_its_row()
    {
        var steps = File.ReadLines(Repository.PathOf("docs", "how-a-request-travels.md"))
            .Select(line => Step().Match(line)).Where(step => step.Success)
            .Select(step => (Number: step.Groups["number"].Value, Path: step.Groups["path"].Value, Names: step.Groups["name"].Captures.Select(name => name.Value)))
            .ToList();
        var missing =
            from step in steps
            where File.Exists(InSources(step.Path))
            let source = File.ReadAllText(InSources(step.Path))
            from name in step.Names
            where !Regex.IsMatch(source, $@"\b{Regex.Escape(name)}\b")
            select $"step {step.Number}: {name} is not in {step.Path}";

        Assert.True(steps.Count > 50, $"{steps.Count} steps were read: the rows are written in another way than this test reads.");
        Findings.AssertNone("docs/how-a-request-travels.md names what is not there:", missing);
    }

    [Fact]
    public void The_steps_of_a_journey_are_numbered_without_a_gap()
    {
        var previous = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("docs", "how-a-request-travels.md")))
        {
            if (Step().Match(line) is not { Success: true } step) previous = 0;
            else
            {
                var number = int.Parse(step.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(previous == 0 || number == previous + 1, $"Step {number} follows step {previous}.");
                previous = number;
            }
        }
    }

    /// <summary>"Core/SignIn/" stands for "src/ProSanteConnect.Core/SignIn/".</summary>
    private static string InSources(string path) =>
        Repository.PathOf([.. (path.StartsWith("src/", StringComparison.Ordinal) ? path : $"src/ProSanteConnect.{path}").TrimEnd('/').Split('/')]);

    [GeneratedRegex(@"(?<![\w/.-])(?<path>(src/ProSanteConnect\.)?(Core|Server|Sandbox|Tools|DeviceApp)/[\w./-]*\w/?)", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"(?<![\w/.])[A-Z]\w*(\.\w+)*\.cs\b", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^\| (?<number>\d+) \|[^|]*\| `(?<path>[\w./-]+)` \| (`(?<name>\w+)`(, )?)*\s*\|$", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
