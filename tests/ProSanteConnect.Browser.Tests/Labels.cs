using System.Text.RegularExpressions;

namespace ProSanteConnect.Browser.Tests;

/// <summary>The labels of the procedure, to the letter but for the form of apostrophes and spaces (ecps-cpx-directory §0).</summary>
internal static partial class Labels
{
    public const string Activated = "Votre e-CPS est maintenant activée.";

    /// <summary>Exactly this label.</summary>
    public static Regex Exactly(string label) => new($"^{Pattern(label)}$");

    /// <summary>Text that contains this label.</summary>
    public static Regex Containing(string label) => new(Pattern(label));

    [GeneratedRegex(@"\b\d{6}\b")]
    public static partial Regex SixDigits();

    private static string Pattern(string label) =>
        string.Join(@"[\s\u00a0\u202f\u2009]+", Spaces().Split(label).Select(word => Regex.Escape(word).Replace("'", "['’]", StringComparison.Ordinal)));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
