using System.Text.RegularExpressions;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Data;

/// <summary>The table of each life cycle, its diagram in the README.md of its room, and the updates that are written from it.</summary>
public sealed partial class LifeCycleDiagrams
{
    private static readonly string Core = Repository.PathOf("src", "ProSanteConnect.Core");

    public static TheoryData<Type> Tables => [.. typeof(PscDb).Assembly.GetTypes().Where(type => TableOf(type) is not null)];

    [Fact]
    public void Every_entity_with_a_status_has_a_table() => Assert.Equal(
        ["ActivationLifeCycle", "ApprovalLifeCycle", "ECpsLifeCycle", "GrantLifeCycle", "OutboxLifeCycle", "SignInLifeCycle"],
        Tables.Select(table => ((Type)table).Name).Order());

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_diagram_beside_a_table_is_the_table(Type table)
    {
        var (room, diagram) = (table.Namespace!.Split('.')[^1], DiagramOf(table));
        var readme = File.ReadAllText(Path.Combine(Core, room, "README.md"));

        Assert.True(
            readme.Contains(diagram, StringComparison.Ordinal),
            $"{room}/README.md does not hold the diagram of {table.Name}, which is:\n{diagram}");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_trigger_of_a_table_has_one_destination(Type table)
    {
        var triggers = Transitions(table).ToLookup(transition => transition.Trigger, transition => transition.To);

        Assert.Equal(Enum.GetNames(TableOf(table)!.GetGenericArguments()[1]).Order(), triggers.Select(trigger => trigger.Key).Order());
        Assert.All(triggers, trigger => Assert.Single(trigger.Distinct()));
    }

    [Fact]
    public void Every_update_of_a_status_takes_it_from_a_table()
    {
        var updates = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => StatusUpdate().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), match.Value)))
            .ToList();

        Assert.True(updates.Count >= 14, $"Only {updates.Count} updates of a status were found.");
        Assert.All(updates, update => Assert.Matches(@"LifeCycle\.Next\(", update.Value));
    }

    /// <summary>The Mermaid text of a table: from the first status, by each move, to the statuses that lead nowhere else.</summary>
    private static string DiagramOf(Type table)
    {
        var statuses = Enum.GetNames(TableOf(table)!.GetGenericArguments()[0]);
        var transitions = Transitions(table).ToList();
        var ends = statuses.Where(status => !transitions.Exists(move => move.From == status && move.To != status));
        return string.Join('\n',
        [
            "```mermaid",
            "stateDiagram-v2",
            $"    [*] --> {statuses[0]}",
            .. transitions.Select(move => $"    {move.From} --> {move.To} : {move.Trigger}"),
            .. ends.Select(end => $"    {end} --> [*]"),
            "```",
            "",
        ]);
    }

    private static IEnumerable<(string From, string To, string Trigger)> Transitions(Type table)
    {
        var arguments = TableOf(table)!.GetGenericArguments();
        var next = table.GetMethod("Next", arguments)!;
        return
            from object status in Enum.GetValues(arguments[0])
            from object trigger in Enum.GetValues(arguments[1])
            let to = next.Invoke(null, [status, trigger])
            where to is not null
            select ($"{status}", $"{to}", $"{trigger}");
    }

    private static Type? TableOf(Type type) =>
        Array.Find(type.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ILifeCycle<,>));

    [GeneratedRegex(@"SetProperty\(\s*\w+ => \w+\.Status,[^;]{0,60}")]
    private static partial Regex StatusUpdate();
}
