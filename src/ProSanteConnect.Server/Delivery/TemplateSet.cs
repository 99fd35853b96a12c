using System.Reflection;
using System.Text.Json.Serialization;
using ProSanteConnect.Core.Delivery.Messages;

namespace ProSanteConnect.Server.Delivery;

/// <summary>Every template in both languages: ours, which are built in, and the operator's in their place.</summary>
internal sealed class TemplateSet
{
    public const string Layout = "layout";

    public static readonly IReadOnlyList<string> Languages = ["fr", "en"];

    private const string ResourcePrefix = "templates/";
    private static readonly Assembly Home = typeof(TemplateSet).Assembly;

    private readonly Dictionary<string, Template> _templates = [];

    public IReadOnlyList<string> Failures { get; }

    public TemplateSet(string? folder)
    {
        var failures = new List<string>();
        var wanted = Wanted();
        foreach (var (file, allowed) in wanted)
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

        failures.AddRange(Strangers(folder, wanted));
        Failures = failures;
    }

    /// <summary>The model types, by their templates' names.</summary>
    public static IReadOnlyDictionary<string, Type> Models { get; } = typeof(MessageModel)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(known => (string)known.TypeDiscriminator!, known => known.DerivedType);

    public Template Find(string name, string language, string form) => _templates[$"{name}.{language}.{form}"];

    private static Dictionary<string, IReadOnlySet<string>> Wanted()
    {
        var wanted = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var language in Languages)
        {
            wanted[$"{Layout}.{language}.html"] = new HashSet<string> { TemplateValues.Subject, TemplateValues.Body, "portal", "account", "app" };
            foreach (var (name, model) in Models)
            {
                var allowed = TemplateValues.NamesFor(model);
                wanted[$"{name}.{language}.txt"] = allowed;
                if (model.IsAssignableTo(typeof(MailModel))) wanted[$"{name}.{language}.html"] = allowed;
            }
        }

        return wanted;
    }

    private static string Read(string file, string? folder)
    {
        if (folder is not null && Path.Combine(folder, file) is var path && File.Exists(path)) return File.ReadAllText(path);

        using var stream = Home.GetManifestResourceStream(ResourcePrefix + file) ?? throw new FormatException("the file is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // A misspelled name would silently replace nothing.
    private static IEnumerable<string> Strangers(string? folder, Dictionary<string, IReadOnlySet<string>> wanted)
    {
        if (folder is null) return [];
        if (!Directory.Exists(folder)) return [$"Delivery:TemplatesFolder: {folder} is no folder."];

        return Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path)!)
            .Where(file => !file.StartsWith('.') && !wanted.ContainsKey(file))
            .Order()
            .Select(file => $"Delivery:TemplatesFolder: no message uses {file}.");
    }
}
