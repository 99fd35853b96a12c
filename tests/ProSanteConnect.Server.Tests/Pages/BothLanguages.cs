using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using ProSanteConnect.Sandbox.Start;
using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Tests.Pages;

public sealed partial class BothLanguages
{
    private static readonly Assembly[] Hosts = [typeof(PagesFeature).Assembly, typeof(SandboxHost).Assembly];

    public static TheoryData<string> Resources() => [.. Hosts.SelectMany(host => host.GetManifestResourceNames())
        .Where(name => name.EndsWith("Texts.resources", StringComparison.Ordinal))
        .Select(name => name[..^".resources".Length])];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_sentence_has_its_twin_with_the_same_blanks(string resource)
    {
        var host = Hosts.Single(host => resource.StartsWith(host.GetName().Name + ".", StringComparison.Ordinal));
        var manager = new ResourceManager(resource, host);

        var french = Sentences(manager, CultureInfo.InvariantCulture);
        var english = Sentences(manager, CultureInfo.GetCultureInfo("en"));

        Assert.NotEmpty(french);
        Assert.Equal(french.Keys.Order(), english.Keys.Order());
        foreach (var (key, sentence) in french)
        {
            Assert.False(string.IsNullOrWhiteSpace(sentence) || string.IsNullOrWhiteSpace(english[key]), key);
            Assert.Equal(BlanksOf(sentence), BlanksOf(english[key]));
        }
    }

    private static Dictionary<string, string> Sentences(ResourceManager manager, CultureInfo culture) =>
        manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string BlanksOf(string sentence) => string.Join(' ', Blank().Matches(sentence).Select(m => m.Value).Order());

    [GeneratedRegex(@"\{\d\}|</?strong[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Blank();
}
