using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests.References;

/// <summary>One test and one requirement id that it names: by <c>Trait</c> on itself or on its class, or by <c>Steps</c>.</summary>
/// <remarks>The sources are read as text, so that no test project needs to be built first.</remarks>
internal sealed partial record TaggedTest(string Project, string Class, string Method, string Id)
{
    public static IReadOnlyList<TaggedTest> All { get; } =
    [
        .. from file in Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
           let project = Path.GetRelativePath(Repository.PathOf("tests"), file).Split(Path.DirectorySeparatorChar)[0]
           where project.EndsWith(".Tests", StringComparison.Ordinal) && project != typeof(TaggedTest).Assembly.GetName().Name
           from test in Read(project["ProSanteConnect.".Length..], File.ReadLines(file))
           select test,
    ];

    /// <summary>The name as the sentence that it is.</summary>
    public string Sentence => Method.Replace('_', ' ');

    public static IEnumerable<TaggedTest> Read(string project, IEnumerable<string> lines)
    {
        var (className, isTest) = ("", false);
        List<string> ofClass = [], pending = [];
        foreach (var line in lines)
        {
            if (Attribute().IsMatch(line))
            {
                isTest |= TestAttribute().IsMatch(line);
                pending.AddRange(from attribute in RequirementAttribute().Matches(line) from Capture id in attribute.Groups["id"].Captures select id.Value);
            }
            else if (ClassDeclaration().Match(line) is { Success: true } declared)
            {
                (className, ofClass, pending, isTest) = (declared.Groups["name"].Value, pending, [], false);
            }
            else if (MethodDeclaration().Match(line) is { Success: true } method)
            {
                if (isTest) foreach (var id in ofClass.Concat(pending).Distinct()) yield return new(project, className, method.Groups["name"].Value, id);
                (pending, isTest) = ([], false);
            }
        }
    }

    [GeneratedRegex(@"^\s*\[[A-Z]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"[\[ ]\w*(Fact|Theory)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex TestAttribute();

    [GeneratedRegex("""(Trait\("Requirement", "(?<id>[^"]+)"\)|Steps\(("(?<id>[^"]+)"(, )?)+\))""", RegexOptions.ExplicitCapture)]
    private static partial Regex RequirementAttribute();

    [GeneratedRegex(@"^(?!\s*//)[\w\s]*\bclass (?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ClassDeclaration();

    [GeneratedRegex(@"^\s+public ([\w<>?]+ )+(?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex MethodDeclaration();
}
