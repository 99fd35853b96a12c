using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>Formats a sentence of the resources.</summary>
internal static class Sentence
{
    public static string Of(string sentence, params object?[] values) => string.Format(CultureInfo.CurrentCulture, sentence, values);

    /// <summary>The sentence for one, or that for several, in which {0} is their number.</summary>
    public static string OfCount(int count, string one, string several) => count == 1 ? one : Of(several, count);

    /// <summary>Formats a sentence that contains markup: the arguments are escaped.</summary>
    public static IHtmlContent Html(string sentence, params object?[] values) => new HtmlFormattableString(sentence, values);
}
