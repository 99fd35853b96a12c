using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProSanteConnect.Core.Data;

/// <summary>Stores a list as one JSON document in its column; it is read and written as a whole.</summary>
internal static class JsonColumn
{
    public static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyStrings } },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static PropertyBuilder<IReadOnlyList<T>> HasJsonList<T>(this PropertyBuilder<IReadOnlyList<T>> property) =>
        property.HasConversion(
            list => JsonSerializer.Serialize(list, Json),
            text => JsonSerializer.Deserialize<List<T>>(text, Json) ?? new List<T>(),
            new ValueComparer<IReadOnlyList<T>>(
                (left, right) => (left ?? new List<T>()).SequenceEqual(right ?? new List<T>()),
                list => list.Count,
                list => list));

    // Most strings of a practice are empty: they are omitted and restored by default values, which constructor parameters lack.
    private static void LeaveOutEmptyStrings(JsonTypeInfo type)
    {
        if (type.CreateObject is null) return;

        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(string)))
        {
            property.ShouldSerialize = (_, value) => value is string { Length: > 0 };
        }
    }
}
