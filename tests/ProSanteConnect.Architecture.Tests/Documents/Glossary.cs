using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.Documents;

/// <summary>The glossary agrees with the code, and its retired words do not occur.</summary>
public sealed partial class Glossary
{
    /// <summary>French words that stand on the wire and on screens, and never as a C# identifier (ADR 0014).</summary>
    private static readonly string[] French =
    [
        "demande", "remise", "moyen", "identifiant", "memoire", "appel", "suite", "jusque", "vu", "etat", "carte", "jeton", "nombre", "courriel",
    ];

    private static readonly Lazy<(string Path, string Code)[]> Sources = new(() =>
    [
        .. new[] { "src", "tests", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs*", SearchOption.AllDirectories))
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".cshtml", StringComparison.Ordinal))
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), FullPath: path))
            .Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(file => (file.Path, CommentOrText().Replace(File.ReadAllText(file.FullPath), ""))),
    ]);

    [Fact]
    public void No_identifier_bears_a_retired_word()
    {
        var retired = Rows("## Retired words").SelectMany(row => Quoted().Matches(row[0]).Select(word => word.Groups[1].Value)).ToList();
        var pattern = new Regex($@"\b(?:{string.Join('|', retired.Select(word => word.Replace("*", @"\w+", StringComparison.Ordinal)))})\b");

        Assert.True(retired.Count > 20, $"{retired.Count} retired words were read: the table is written in another way than this test reads.");
        Findings.AssertNone(
            "These identifiers are retired (docs/glossary.md):",
            Sources.Value.SelectMany(file => pattern.Matches(file.Code).Select(word => $"{file.Path}: {word.Value}")));
    }

    [Fact]
    public void Each_name_of_the_glossary_stands_in_the_sources()
    {
        var sections = File.ReadLines(Repository.PathOf("docs", "glossary.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal) && line != "## Retired words");
        var names = sections.SelectMany(Rows).SelectMany(row => Quoted().Matches(row[1]).Select(name => name.Groups[1].Value)).ToList();
        var code = string.Join('\n', Sources.Value.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)).Select(file => file.Code));

        Assert.True(names.Count > 50, $"{names.Count} names were read: the tables are written in another way than this test reads.");
        Findings.AssertNone("The glossary names what is not in src:", names.Where(name => !Regex.IsMatch(code, $@"\b{Regex.Escape(name)}\b")));
    }

    [Fact]
    public void A_word_stands_once() => Findings.AssertNone(
        "The glossary says these twice:",
        File.ReadLines(Repository.PathOf("docs", "glossary.md"))
            .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(word => word is not ("–" or "word" or "French (field)"))
            .GroupBy(word => word)
            .Where(word => word.Count() > 1)
            .Select(word => word.Key));

    [Fact]
    public void French_stands_on_the_wire_and_on_screens_and_not_in_identifiers()
    {
        var declaration = new Regex($@"\b[\w<>?\]]+ (?:{string.Join('|', French)})(?= ?[,;=)]| in )", RegexOptions.IgnoreCase);

        Findings.AssertNone(
            "These identifiers are French (ADR 0014):",
            Sources.Value
                .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
                .SelectMany(file => declaration.Matches(file.Code).Where(found => !found.Value.StartsWith("return ", StringComparison.Ordinal))
                    .Select(found => $"{file.Path}: {found.Value}")));
    }

    private static IEnumerable<string[]> Rows(string section) => File.ReadLines(Repository.PathOf("docs", "glossary.md"))
        .SkipWhile(line => line != section)
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Trim('|').Split('|'));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    // Comments, raw, verbatim and plain strings, and characters: what is no identifier.
    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|\"{3,}.*?\"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();
}
