using System.Text.Json;

namespace ProSanteConnect.Server.Tests.Protocol;

/// <summary>Short accessors for JSON documents and tokens.</summary>
internal static class Claims
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    public static string[] Texts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
