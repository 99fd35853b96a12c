using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests;

/// <summary>No input can make a regular expression run for long (security-checklist T19).</summary>
public sealed partial class RegularExpressions
{
    [Fact]
    [Trait("Requirement", "T19")]
    public void Every_pattern_of_the_product_runs_without_backtracking()
    {
        var patterns = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Patterns().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), match.Value)))
            .ToList();

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.Contains("RegexOptions.NonBacktracking", pattern.Value, StringComparison.Ordinal));
    }

    // A generated pattern with its options, a constructor, or a static method that takes a pattern.
    [GeneratedRegex("""GeneratedRegex\(.*|new Regex\(.*|Regex\.(IsMatch|Match|Matches|Replace|Split)\(.*""")]
    private static partial Regex Patterns();
}
