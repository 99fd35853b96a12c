using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ProSanteConnect.Core.Delivery;
using ProSanteConnect.Server.Shared.Text;

namespace ProSanteConnect.Server.Delivery;

/// <summary>The templates of all messages in both languages: the embedded ones, replaced by files of the operator.</summary>
internal sealed class TemplateSet
{
    public const string Layout = "layout";

    public static readonly IReadOnlyList<string> Languages = ["fr", "en"];

    private const string ResourcePrefix = "templates/";
    private static readonly Assembly Resources = typeof(TemplateSet).Assembly;

    private readonly Dictionary<string, Template> _templates = [];

    public IReadOnlyList<string> Failures { get; }

    public TemplateSet(string? folder)
    {
        var failures = new List<string>();
        var expected = ExpectedFiles();
        foreach (var (file, allowed) in expected)
        {
            try
            {
                var template = Template.Parse(Read(file, folder));
                foreach (var unknown in template.Placeholders.Except(allowed))
                    failures.Add($"{file}: the placeholder {{{{{unknown}}}}} is unknown; known are {string.Join(", ", allowed.Order())}.");
                _templates[file] = template;
            }
            catch (FormatException malformed)
            {
                failures.Add($"{file}: {malformed.Message}.");
            }
        }

        failures.AddRange(UnknownFiles(folder, expected));
        Failures = failures;
    }

    /// <summary>The model types by template name.</summary>
    public static IReadOnlyDictionary<string, Type> Models { get; } = typeof(MessageModel)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(known => (string)known.TypeDiscriminator!, known => known.DerivedType);

    public Template Find(string name, string language, string form) => _templates[$"{name}.{language}.{form}"];

    private static Dictionary<string, IReadOnlySet<string>> ExpectedFiles()
    {
        var expected = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var language in Languages)
        {
            expected[$"{Layout}.{language}.html"] = new HashSet<string> { TemplateValues.Subject, TemplateValues.Body, "portal", "account", "app" };
            foreach (var (name, model) in Models)
            {
                var allowed = TemplateValues.NamesFor(model);
                expected[$"{name}.{language}.txt"] = allowed;
                if (model.IsAssignableTo(typeof(MailModel))) expected[$"{name}.{language}.html"] = allowed;
            }
        }

        return expected;
    }

    private static string Read(string file, string? folder)
    {
        if (folder is not null && Path.Combine(folder, file) is var path && File.Exists(path)) return File.ReadAllText(path);

        using var stream = Resources.GetManifestResourceStream(ResourcePrefix + file) ?? throw new FormatException("the file is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // A file with a misspelled name would replace nothing, silently.
    private static IEnumerable<string> UnknownFiles(string? folder, Dictionary<string, IReadOnlySet<string>> expected)
    {
        if (folder is null) return [];
        if (!Directory.Exists(folder)) return [$"Delivery:TemplatesFolder: {folder} is no folder."];

        return Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path)!)
            .Where(file => !file.StartsWith('.') && !expected.ContainsKey(file))
            .Order()
            .Select(file => $"Delivery:TemplatesFolder: no message uses {file}.");
    }
}

/// <summary>A text with placeholders, <c>{{name}}</c>. Values are inserted as text: a value cannot contain a placeholder.</summary>
internal sealed partial class Template
{
    private readonly string[] _literals;
    private readonly string[] _names;

    private Template(string[] literals, string[] names)
    {
        _literals = literals;
        _names = names;
    }

    public IReadOnlyCollection<string> Placeholders => _names;

    /// <exception cref="FormatException">Double braces without a name, such as <c>{{ }}</c>.</exception>
    public static Template Parse(string text)
    {
        var parts = Placeholder().Split(text);
        var literals = parts.Where((_, i) => i % 2 == 0).ToArray();
        return literals.Any(literal => literal.Contains("{{", StringComparison.Ordinal) || literal.Contains("}}", StringComparison.Ordinal))
            ? throw new FormatException("{{ or }} stands for nothing")
            : new Template(literals, [.. parts.Where((_, i) => i % 2 == 1)]);
    }

    public string ToText(IReadOnlyDictionary<string, string> values) => Fill(name => values[name]);

    public string ToHtml(IReadOnlyDictionary<string, string> values) => Fill(name => WebUtility.HtmlEncode(values[name]));

    /// <summary>Inserts one value as markup and encodes the others.</summary>
    public string ToHtml(IReadOnlyDictionary<string, string> values, string markupName, string markup) =>
        Fill(name => name == markupName ? markup : WebUtility.HtmlEncode(values[name]));

    private string Fill(Func<string, string> valueOf)
    {
        var text = new StringBuilder(_literals[0]);
        for (var i = 0; i < _names.Length; i++) text.Append(valueOf(_names[i])).Append(_literals[i + 1]);
        return text.ToString();
    }

    [GeneratedRegex(@"\{\{([a-zA-Z]+)\}\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}

/// <summary>The values of the placeholders of a message, in the current UI culture.</summary>
internal static class TemplateValues
{
    public const string Subject = "subject";
    public const string Body = "body";
    public const string Link = "link";

    private static readonly string[] Common = ["portal", "account", "app"];

    /// <summary>The placeholders that templates of this model may use.</summary>
    public static IReadOnlySet<string> NamesFor(Type model)
    {
        var names = PropertiesOf(model).Select(NameOf).Concat(Common).ToHashSet(StringComparer.Ordinal);
        if (model.GetProperty(nameof(MailModel.QrPath))?.DeclaringType == model) names.Add(Link);
        return names;
    }

    /// <param name="model">The content of the message.</param>
    /// <param name="wallet">The origin of the links.</param>
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
        string address when property.Name == "Place" => PlaceWords.Of(address),
        // Line breaks and other control characters could inject mail headers or end an SMS.
        string text => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)),
        DateTimeOffset instant => ParisTime.Of(instant),
        int number => number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        var other => throw new UnreachableException($"A model has a {other?.GetType().Name ?? "null"}"),
    };
}
