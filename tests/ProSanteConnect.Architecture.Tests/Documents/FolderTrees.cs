using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.Documents;

/// <summary>The trees that CONTRIBUTING and README draw, compared with the folders of the repository.</summary>
public sealed partial class FolderTrees
{
    private static readonly string[] _made = ["artifacts", "bin", "obj", "node_modules", "sandbox-data", "TestResults"];

    [Fact]
    public void The_tree_of_CONTRIBUTING_names_every_folder_of_src_and_tests_down_to_the_second_level()
    {
        var standing = FoldersOf("").SelectMany(top => top is "src" or "tests"
            ? [top, .. FoldersOf(top), .. FoldersOf(top).SelectMany(FoldersOf)]
            : new[] { top });

        AssertSame("CONTRIBUTING.md", standing, Tree("CONTRIBUTING.md", "## Where things are"));
    }

    [Fact]
    public void The_tree_of_README_names_every_project_and_every_top_folder()
    {
        var standing = FoldersOf("").SelectMany(top => top is "src" or "samples" ? FoldersOf(top) : [top]);

        AssertSame("README.md", standing, Tree("README.md", "## The tree"));
    }

    [Theory]
    [InlineData("CONTRIBUTING.md", "## Where things are")]
    [InlineData("README.md", "## The tree")]
    public void What_a_tree_says_to_be_in_docs_is_there_and_nothing_else(string document, string heading)
    {
        var line = Lines(document, heading).Single(line => line.StartsWith("docs/ ", StringComparison.Ordinal));
        var named = DocumentName().Matches(line["docs/".Length..]).Select(name => name.Value.TrimEnd('/'));

        AssertSame(
            document,
            Directory.EnumerateFileSystemEntries(Repository.PathOf("docs")).Select(entry => Path.GetFileName(entry)).Where(name => name is not "images").Select(name => $"docs/{name}"),
            named.Select(name => $"docs/{name}"));
    }

    [Fact]
    public void A_tree_is_read_by_its_indentation()
    {
        string[] lines = ["certs/       profiles, as text", "src/", "  Core/     the rules", "    SignIn/ Keys/", "  Server/", "tests/Testing/  helpers"];

        Assert.Equal(["certs", "src", "src/Core", "src/Core/SignIn", "src/Core/Keys", "src/Server", "tests/Testing"], Paths(lines));
    }

    private static void AssertSame(string document, IEnumerable<string> standing, IEnumerable<string> named)
    {
        var (exist, drawn) = (standing.ToHashSet(), named.ToHashSet());

        Assert.NotEmpty(drawn);
        Findings.AssertNone(
            $"{document} does not draw the tree that stands:",
            [.. exist.Except(drawn).Select(folder => $"{folder} exists and is not named"), .. drawn.Except(exist).Select(folder => $"{folder} is named and does not exist")]);
    }

    /// <summary>The folders in one, by their paths from the root; only those that hold a file.</summary>
    private static IEnumerable<string> FoldersOf(string folder) =>
        from path in Directory.EnumerateDirectories(Repository.PathOf(folder))
        let name = Path.GetFileName(path)
        where !name.StartsWith('.') && !_made.Contains(name) && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any()
        select folder.Length == 0 ? name : $"{folder}/{name}";

    private static IEnumerable<string> Tree(string document, string heading) => Paths(Lines(document, heading));

    /// <summary>The first block of code under a heading.</summary>
    private static IEnumerable<string> Lines(string document, string heading) =>
        File.ReadLines(Repository.PathOf(document)).SkipWhile(line => line != heading).SkipWhile(line => line != "```").Skip(1).TakeWhile(line => line != "```");

    private static IEnumerable<string> Paths(IEnumerable<string> lines)
    {
        var parents = new List<string>();
        foreach (var line in lines)
        {
            var entry = Entry().Match(line);
            Assert.True(entry.Success, $"This line of a tree names no folder: {line}");

            var level = entry.Groups["indent"].Length / 2;
            parents.RemoveRange(level, parents.Count - level);
            var names = entry.Groups["name"].Captures.Select(name => string.Join('/', [.. parents, name.Value])).ToList();
            parents.Add(entry.Groups["name"].Captures[0].Value);
            foreach (var name in names) yield return name;
        }
    }

    [GeneratedRegex(@"^(?<indent>(  )*)(?<name>[\w./-]+)/( (?<name>[\w./-]+)/)*(  .*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex(@"(?<= )[\w-]+(/|\.md)(?=[ ,]|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex DocumentName();
}
