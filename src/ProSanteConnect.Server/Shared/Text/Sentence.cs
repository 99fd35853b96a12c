using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>Formats a sentence of the resources.</summary>
internal static class Sentence
{
    public static string Of(string sentence, params object?[] values) => string.Format(CultureInfo.CurrentCulture, sentence, values);

    /// <summary>Formats a sentence that contains markup: the arguments are escaped.</summary>
    public static IHtmlContent Html(string sentence, params object?[] values) => new HtmlFormattableString(sentence, values);
}
