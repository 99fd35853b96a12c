using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>
/// Keeps the word e-CPS on one line, in every text of every page. The text around it becomes one element as well, because a button lays
/// out its children in a row.
/// </summary>
[HtmlTargetElement("body")]
public sealed partial class UnbrokenECps : TagHelper
{
    private const string Word = "e-CPS";

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var content = (await output.GetChildContentAsync()).GetContent();
        output.Content.SetHtmlContent(In(content));
    }

    internal static string In(string html) => Part().Replace(html, part => part.Groups["text"] is { Success: true } text ? Unbroken(text.Value) : part.Value);

    private static string Unbroken(string text)
    {
        if (!text.Contains(Word, StringComparison.Ordinal)) return text;

        var words = text.Trim();
        var start = text.IndexOf(words, StringComparison.Ordinal);
        var whole = words.Replace(Word, $"""<span class="unbroken">{Word}</span>""", StringComparison.Ordinal);
        return $"{text[..start]}<span>{whole}</span>{text[(start + words.Length)..]}";
    }

    // Elements that contain only text are left as they are.
    [GeneratedRegex(@"<script\b.*?</script>|<style\b.*?</style>|<textarea\b.*?</textarea>|<title\b.*?</title>|<option\b.*?</option>|<[^>]*>|(?<text>[^<]+)", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
