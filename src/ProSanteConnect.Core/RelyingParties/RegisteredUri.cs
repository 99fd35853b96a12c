namespace ProSanteConnect.Core.RelyingParties;

/// <summary>
/// Whether an address may be registered to send a browser back to. It is compared character by character later
/// (RFC 9700, 2.1), so only a form that leaves nothing to interpret is taken.
/// </summary>
internal static class RegisteredUri
{
    private const int MaxLength = 2000;

    // RFC 3986, 2.2 and 2.3, without "#" (a fragment) and "*" (a wildcard, elsewhere).
    private const string Punctuation = "-._~:/?[]@!$&'()+,;=%";

    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What is wrong with the address, as the end of a French sentence; null when nothing is.</summary>
    public static string? FaultOf(string text)
    {
        if (text.Contains('#', StringComparison.Ordinal)) return "ne doit pas avoir de fragment (#).";
        if (text.Contains('*', StringComparison.Ordinal)) return "ne doit pas avoir de joker (*) : l'adresse est comparée caractère par caractère.";
        if (text.Length > MaxLength) return $"a plus de {MaxLength} caractères.";
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)) || HasStrayPercent(text))
            return "a un caractère qu'une adresse ne peut pas avoir : écrivez-le en %XX.";

        var isHttps = text.StartsWith("https://", StringComparison.Ordinal);
        if (!isHttps && !text.StartsWith("http://", StringComparison.Ordinal)) return "doit être absolue et commencer par https://.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return "n'est pas une adresse absolue.";
        if (uri.UserInfo.Length > 0) return "ne doit pas porter de nom d'utilisateur.";
        if (!isHttps && !IsLoopback(text)) return "doit être en https : http n'est admis que vers la machine elle-même.";

        return null;
    }

    // Read off the text: .NET takes "loopback" and "127.1" for the machine itself too, and a browser may not.
    private static bool IsLoopback(string text) => LoopbackHosts
        .Select(host => $"http://{host}")
        .Any(origin => text.StartsWith(origin, StringComparison.Ordinal) && (text.Length == origin.Length || text[origin.Length] is ':' or '/' or '?'));

    private static bool HasStrayPercent(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return true;
        }

        return false;
    }
}
