using System.Collections;
using System.Globalization;

namespace ProSanteConnect.Server.Account;

/// <summary>The meaning of each claim in the language of the page: the entries of <c>TryTexts</c> whose name begins with <c>Claim_</c>.</summary>
internal static class ClaimMeanings
{
    private const string Prefix = "Claim_";

    private static readonly string[] Names =
    [
        .. TryTexts.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    public static IEnumerable<(string Claim, string Meaning)> All =>
        Names.Select(name => (name, TryTexts.ResourceManager.GetString(Prefix + name, CultureInfo.CurrentUICulture)!));
}
