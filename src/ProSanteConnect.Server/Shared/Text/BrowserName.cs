namespace ProSanteConnect.Server.Shared.Text;

/// <summary>
/// The name of a browser from its User-Agent header, for display only.
/// </summary>
internal static class BrowserName
{
    private const string Unknown = "Navigateur inconnu";

    // The order matters: Edge and Opera also contain Chrome, Chrome also contains Safari, Android also contains Linux.
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

/// <summary>A stored browser name, "Firefox sous Windows", in the language of the page.</summary>
internal static class BrowserWords
{
    public static string Of(string noted) =>
        noted.Split(" sous ") is [var browser, var system] ? Sentence.Of(SharedTexts.BrowserUnder, browser, system) : noted;
}
