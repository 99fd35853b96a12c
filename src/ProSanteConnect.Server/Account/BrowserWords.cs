using ProSanteConnect.Server.Shared;

namespace ProSanteConnect.Server.Account;

/// <summary>A browser as it was noted, "Firefox sous Windows", in the language of the page.</summary>
internal static class BrowserWords
{
    public static string Of(string noted) =>
        noted.Split(" sous ") is [var browser, var system] ? Sentence.Of(AccountTexts.BrowserUnder, browser, system) : noted;
}
