using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetArchTest.Rules;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Server.Shared.Origins;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests;

/// <summary>
/// Dependencies point in one direction (ADR 0013, ADR 0036). Compiled code is checked by NetArchTest. Constants leave no trace in
/// compiled code and pages compile into another namespace, so the using directives of the sources are checked too.
/// </summary>
public sealed partial class Directions
{
    /// <summary>The rooms of Core in layers, the lowest first: a room uses those before its layer. Data knows every entity and has no layer.</summary>
    private static readonly string[][] Core =
    [
        ["Security"],
        ["Journal"],
        ["Practitioners", "Keys"],
        ["Cards", "Delivery"],
        ["SingleSignOn"],
        ["RelyingParties", "Devices"],
        ["Enrolment"],
        ["SignIn"],
    ];

    /// <summary>The features of the Server in layers, the lowest first.</summary>
    private static readonly string[][] Server =
    [
        ["Shared"],
        ["Delivery"],
        ["SignIn"],
        ["Protocol"],
        ["Devices"],
        ["Enrolment"],
        ["Account", "Operation"],
        ["Start"],
    ];

    /// <summary>Which project references which. What is not listed is forbidden.</summary>
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Core"] = [],
        ["DeviceApp"] = [],
        ["Server"] = ["Core", "DeviceApp"],
        ["Tools"] = ["Core"],
        ["Sandbox"] = ["Server", "Tools"],
    };

    public static TheoryData<string, string> CoreRooms => Pairs(Core);

    public static TheoryData<string, string> ServerFeatures => Pairs(Server);

    [Theory]
    [MemberData(nameof(CoreRooms))]
    public void A_room_of_Core_uses_no_room_of_its_own_layer_or_above(string room, string above) =>
        AssertUnused(typeof(PscDb).Assembly, "ProSanteConnect.Core", room, above);

    [Theory]
    [MemberData(nameof(ServerFeatures))]
    public void A_feature_of_the_Server_uses_no_feature_of_its_own_layer_or_above(string feature, string above) =>
        AssertUnused(typeof(PublicOrigins).Assembly, "ProSanteConnect.Server", feature, above);

    [Fact]
    public void Each_folder_of_Core_and_the_Server_has_a_layer()
    {
        Assert.Equal([.. Core.SelectMany(layer => layer).Append("Data").Order()], FoldersOf("ProSanteConnect.Core"));
        Assert.Equal([.. Server.SelectMany(layer => layer).Append("wwwroot").Order()], FoldersOf("ProSanteConnect.Server"));
    }

    [Fact]
    public void Core_knows_neither_ASP_NET_Core_nor_OpenIddict()
    {
        var result = Types.InAssembly(typeof(PscDb).Assembly)
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore", "OpenIddict")
            .GetResult();

        Findings.AssertNone("Core depends on the web:", Failing(result));
    }

    [Fact]
    public void Projects_reference_each_other_in_one_direction() => Findings.AssertNone(
        "These references of projects are not in the table:",
        Projects.SelectMany(project => ReferencesOf(project.Key)
            .Except(project.Value)
            .Select(reference => $"{project.Key} → {reference}")));

    [Fact]
    public void Each_project_of_the_sources_is_in_the_table() => Assert.Equal(
        [.. Projects.Keys.Order()],
        [.. Directory.GetDirectories(Repository.PathOf("src")).Select(folder => Path.GetFileName(folder).Replace("ProSanteConnect.", "", StringComparison.Ordinal)).Order()]);

    private static TheoryData<string, string> Pairs(string[][] layers)
    {
        var pairs = new TheoryData<string, string>();
        for (var layer = 0; layer < layers.Length; layer++)
        {
            foreach (var room in layers[layer])
            {
                foreach (var above in layers[layer..].SelectMany(rooms => rooms).Where(other => other != room)) pairs.Add(room, above);
            }
        }

        return pairs;
    }

    private static void AssertUnused(Assembly assembly, string project, string room, string above)
    {
        var compiled = Types.InAssembly(assembly)
            .That().ResideInNamespaceMatching($"^{Regex.Escape(project)}\\.{room}(\\.|$)")
            .ShouldNot().HaveDependencyOnAny($"{project}.{above}")
            .GetResult();

        Findings.AssertNone($"{room} uses {above}:", [.. Failing(compiled), .. UsingsIn(project, room, above)]);
    }

    private static IEnumerable<string> Failing(NetArchTest.Rules.TestResult result) =>
        result.IsSuccessful ? [] : result.FailingTypes.Select(type => $"{type.FullName}: {type.Explanation}");

    private static IEnumerable<string> UsingsIn(string project, string room, string above)
    {
        var folder = Repository.PathOf("src", project, room);
        return Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories).SelectMany(file => File.ReadLines(file)
            .Where(line => UsingDirective().Match(line) is { Success: true, Groups: [_, { Value: var name }] }
                && (name == $"{project}.{above}" || name.StartsWith($"{project}.{above}.", StringComparison.Ordinal)))
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}: {line}"));
    }

    private static string[] FoldersOf(string project) =>
    [
        .. Directory.GetDirectories(Repository.PathOf("src", project))
            .Select(folder => Path.GetFileName(folder))
            .Where(folder => folder is not ("bin" or "obj"))
            .Order(),
    ];

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf("src", $"ProSanteConnect.{project}", $"ProSanteConnect.{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Select(name => name.Replace("ProSanteConnect.", "", StringComparison.Ordinal));

    // "@using X" of a page, "using X;", "using static X.Type;" and "using Alias = X.Type;".
    [GeneratedRegex(@"^@?using (?:static |\w+ = )?([\w.]+)")]
    private static partial Regex UsingDirective();
}
