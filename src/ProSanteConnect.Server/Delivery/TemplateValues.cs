using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ProSanteConnect.Core.Delivery.Messages;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Delivery;

/// <summary>What the placeholders of a message stand for, in the language that is current.</summary>
internal static class TemplateValues
{
    public const string Subject = "subject";
    public const string Body = "body";
    public const string Link = "link";

    private static readonly string[] Everywhere = ["portal", "account", "app"];

    /// <summary>The placeholders that a template of this model may have.</summary>
    public static IReadOnlySet<string> NamesFor(Type model)
    {
        var names = PropertiesOf(model).Select(NameOf).Concat(Everywhere).ToHashSet(StringComparer.Ordinal);
        if (model.GetProperty(nameof(MailModel.QrPath))?.DeclaringType == model) names.Add(Link);
        return names;
    }

    /// <param name="model">What is said.</param>
    /// <param name="wallet">The origin of every link.</param>
    public static Dictionary<string, string> Of(MessageModel model, string wallet)
    {
        var values = PropertiesOf(model.GetType()).ToDictionary(NameOf, property => InWords(property, property.GetValue(model)));
        values["portal"] = wallet + "/";
        values["account"] = wallet + "/mon-compte";
        values["app"] = wallet + "/app/";
        if (model is MailModel { QrPath: { } path }) values[Link] = wallet + path;
        return values;
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type model) =>
        model.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(property => property.GetMethod!.GetBaseDefinition() == property.GetMethod);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string InWords(PropertyInfo property, object? value) => value switch
    {
        string code when property.IsDefined(typeof(InWordsAttribute)) =>
            DeliveryTexts.ResourceManager.GetString($"{property.Name}_{code}", CultureInfo.CurrentUICulture)
            ?? DeliveryTexts.ResourceManager.GetString($"{property.Name}_other", CultureInfo.CurrentUICulture)!,
        // A line break would end a header or an SMS, and control characters do worse.
        string text => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)),
        DateTimeOffset instant => ParisTime.Of(instant),
        int number => number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        var other => throw new UnreachableException($"A model has a {other?.GetType().Name ?? "null"}"),
    };
}
