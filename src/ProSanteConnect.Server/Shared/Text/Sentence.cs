using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>A sentence of the resources with its blanks filled in.</summary>
internal static class Sentence
{
    public static string Of(string sentence, params object?[] values) => string.Format(CultureInfo.CurrentCulture, sentence, values);

    /// <summary>The same for a sentence that carries markup: what is filled in is escaped.</summary>
    public static IHtmlContent Html(string sentence, params object?[] values) => new HtmlFormattableString(sentence, values);
}
