using Microsoft.Net.Http.Headers;

namespace ProSanteConnect.Server.Shared.Errors;

/// <summary>Decides between a page for a person and JSON for a program.</summary>
internal static class ResponseFormat
{
    /// <summary>
    /// The path decides first, because HTTP libraries send arbitrary Accept headers (Java's lists text/html first) to the token endpoint.
    /// </summary>
    public static bool IsPerson(HttpRequest request)
    {
        var segments = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (IsForPrograms(segments)) return false;

        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || !accept.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether refusals are read in the form of RFC 9457: in the API of the phone.</summary>
    public static bool ReadsProblems(HttpRequest request) => request.Path.StartsWithSegments("/ecps");

    /// <summary>French, unless the relying party (<c>ui_locales</c>) or else the browser prefers English.</summary>
    public static bool PrefersEnglish(HttpRequest request)
    {
        foreach (var locale in request.Query["ui_locales"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsLanguage(locale, "fr")) return false;
            if (IsLanguage(locale, "en")) return true;
        }

        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)) return false;

        foreach (var language in accepted.OrderByDescending(l => l.Quality ?? 1))
        {
            if (IsLanguage(language.Value.Value ?? "", "fr")) return false;
            if (IsLanguage(language.Value.Value ?? "", "en")) return true;
        }

        return false;
    }

    private static bool IsForPrograms(string[] segments) => segments switch
    {
        ["ecps" or "health" or "metrics" or "openapi", ..] => true,
        [.., ".well-known", _] => true,
        [.., "protocol", "openid-connect", "auth" or "logout"] => false,
        _ => segments.AsSpan().IndexOf("openid-connect") > 0,
    };

    private static bool IsLanguage(string locale, string language) =>
        locale.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (locale.Length == language.Length || locale[language.Length] == '-');
}
