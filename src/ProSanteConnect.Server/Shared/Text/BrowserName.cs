namespace ProSanteConnect.Server.Shared.Text;

/// <summary>
/// A browser in the words its owner uses, read off the User-Agent header. A name for people to recognise, never a proof.
/// </summary>
internal static class BrowserName
{
    private const string Unknown = "Navigateur inconnu";

    // The order matters: Edge and Opera say Chrome too, Chrome says Safari too, and an Android says Linux too.
    private static readonly (string Mark, string Name)[] Families =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iOS"), ("iPad", "iOS"), ("iPod", "iOS"),
        ("Android", "Android"),
        ("Windows NT", "Windows"),
        ("Mac OS X", "macOS"), ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>For example "Firefox sous Windows".</summary>
    public static string Of(string? userAgent)
    {
        var family = Find(Families, userAgent) ?? Unknown;
        return Find(Systems, userAgent) is { } system ? $"{family} sous {system}" : family;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent?.Contains(mark, StringComparison.Ordinal) == true) return name;
        }

        return null;
    }
}

/// <summary>A browser as it was noted, "Firefox sous Windows", in the language of the page.</summary>
internal static class BrowserWords
{
    public static string Of(string noted) =>
        noted.Split(" sous ") is [var browser, var system] ? Sentence.Of(SharedTexts.BrowserUnder, browser, system) : noted;
}
