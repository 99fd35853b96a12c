using System.Text.Json;

namespace WebRelyingParty.UserInfo;

/// <summary>One claim with its meaning.</summary>
internal sealed record ClaimRow(string Name, string Meaning, IReadOnlyList<string> Values);

/// <summary>The claims of one JSON object of the UserInfo. A nested object has its own table.</summary>
internal sealed record ClaimTable(string Caption, IReadOnlyList<ClaimRow> Rows)
{
    /// <summary>Converts a UserInfo response completely: unknown claims are included.</summary>
    public static IReadOnlyList<ClaimTable> Of(JsonElement userInfo) => [.. Tables("Identité et rôle", userInfo)];

    private static IEnumerable<ClaimTable> Tables(string caption, JsonElement json)
    {
        var rows = json.EnumerateObject().Where(claim => !HoldsObjects(claim.Value)).Select(Row).ToList();
        if (rows.Count > 0) yield return new ClaimTable(caption, rows);

        foreach (var claim in json.EnumerateObject().Where(claim => HoldsObjects(claim.Value)))
        {
            var title = ClaimMeanings.TitleOf(claim.Name);
            var inner = claim.Value.ValueKind is JsonValueKind.Object
                ? Tables(title, claim.Value)
                : claim.Value.EnumerateArray().SelectMany((item, index) => Tables(Numbered(caption, title, index), item));
            foreach (var table in inner) yield return table;
        }
    }

    /// <summary>The caption of a nested item with that of its parent: "Exercice professionnel 1, situation d'exercice 2".</summary>
    private static string Numbered(string parent, string title, int index) =>
        char.IsAsciiDigit(parent[^1])
            ? $"{parent}, {char.ToLowerInvariant(title[0])}{title[1..]} {index + 1}"
            : $"{title} {index + 1}";

    private static ClaimRow Row(JsonProperty claim) => new(
        claim.Name,
        ClaimMeanings.Of(claim.Name),
        claim.Value.ValueKind is JsonValueKind.Array ? [.. claim.Value.EnumerateArray().Select(Text)] : [Text(claim.Value)]);

    private static bool HoldsObjects(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => true,
        JsonValueKind.Array => value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object),
        _ => false,
    };

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
