using System.Text.RegularExpressions;

namespace ProSanteConnect.Tools.Certs;

/// <summary>What stands in the placeholders of a <see cref="CertificateProfile"/>.</summary>
internal sealed partial class ProfileValues(params (string Name, string? Value)[] values)
{
    private readonly Dictionary<string, string?> _values = values.ToDictionary(v => v.Name, v => v.Value);

    public ProfileValues And(string name, string? value) =>
        new([.. _values.Select(v => (v.Key, v.Value)), (name, value)]);

    /// <summary>The text with its placeholders filled; null when one of them has no value here, and the text is left out.</summary>
    public string? Fill(string template)
    {
        var names = Placeholder().Matches(template).Select(m => m.Groups[1].Value);
        return names.Any(name => string.IsNullOrEmpty(Value(name)))
            ? null
            : Placeholder().Replace(template, m => Value(m.Groups[1].Value)!);
    }

    private string? Value(string name) =>
        _values.TryGetValue(name, out var value) ? value : throw new FormatException($"Nothing is called {{{name}}} in this profile.");

    [GeneratedRegex(@"\{([a-z-]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
