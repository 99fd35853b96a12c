using System.Globalization;

namespace ProSanteConnect.Server.Shared.Text;

/// <summary>Instants and dates as people in France read them, in the language of the page.</summary>
internal static class ParisTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>For example "2 mars 2026 à 14:05".</summary>
    public static string Of(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        var time = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return Sentence.Of(SharedTexts.InstantFormat, DateOf(DateOnly.FromDateTime(local.DateTime)), time);
    }

    /// <summary>The day of an instant, as <see cref="DateOf(DateOnly)"/> writes it.</summary>
    public static string DateOf(DateTimeOffset instant) =>
        DateOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime));

    /// <summary>For example "2 mars 2026", and "1er mars 2026" for the first of a month.</summary>
    public static string DateOf(DateOnly date) =>
        date.ToString(date.Day == 1 ? SharedTexts.DateFormatFirstOfMonth : SharedTexts.DateFormat, CultureInfo.CurrentCulture);
}
