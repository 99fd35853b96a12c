using System.Text.RegularExpressions;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Architecture.Tests;

/// <summary>
/// French has a space before ":", ";", "?", "!" and "»" and after "«", where a line must not break. Every French text of the repository has the
/// no-break space; the phone app sets it by itself (texts.js, and its own test). An SMS has none: its alphabet (GSM 03.38) lacks it.
/// </summary>
public sealed partial class FrenchTypography
{
    [Fact]
    public void No_French_text_breaks_before_its_punctuation()
    {
        var source = Path.Combine(Repository.Root, "src");
        var texts = Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(IsFrench).ToList();

        Assert.True(texts.Count > 30, $"Only {texts.Count} French texts were found.");
        Assert.Empty(texts.SelectMany(path => Words(path).Split('\n').Where(line => Breakable().IsMatch(line)).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}")));
    }

    private static bool IsFrench(string path) =>
        !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        && !path.Contains("node_modules", StringComparison.Ordinal)
        && ((path.EndsWith(".resx", StringComparison.Ordinal) && !path.EndsWith(".en.resx", StringComparison.Ordinal))
            || (path.EndsWith(".fr.txt", StringComparison.Ordinal) && !IsSms(path)) || path.EndsWith(".fr.html", StringComparison.Ordinal)
            || path.EndsWith("cgu.html", StringComparison.Ordinal));

    private static bool IsSms(string path) => Path.GetFileName(path) is "activation-code.fr.txt" or "activation-notice-sms.fr.txt";

    private static string Words(string path) => Tag().Replace(File.ReadAllText(path), "");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" [:;?!»]|« ")]
    private static partial Regex Breakable();
}
