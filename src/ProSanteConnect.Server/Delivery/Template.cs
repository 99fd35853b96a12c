using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ProSanteConnect.Server.Delivery;

/// <summary>A text with placeholders, <c>{{name}}</c>. Nothing else in it means anything, so that no value can.</summary>
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

    /// <exception cref="FormatException">A brace pair that is no placeholder, such as <c>{{ }}</c>.</exception>
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

    /// <summary>The same, with markup of ours in one place.</summary>
    public string ToHtml(IReadOnlyDictionary<string, string> values, string markupName, string markup) =>
        Fill(name => name == markupName ? markup : WebUtility.HtmlEncode(values[name]));

    private string Fill(Func<string, string> valueOf)
    {
        var text = new StringBuilder(_literals[0]);
        for (var i = 0; i < _names.Length; i++) text.Append(valueOf(_names[i])).Append(_literals[i + 1]);
        return text.ToString();
    }

    [GeneratedRegex(@"\{\{([a-zA-Z]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
