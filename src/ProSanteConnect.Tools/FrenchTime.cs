using System.Globalization;

namespace ProSanteConnect.Tools;

/// <summary>Instants as an operator reads them: local, to the minute.</summary>
internal static class FrenchTime
{
    public static string InWords(this TimeProvider clock, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, clock.LocalTimeZone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string InWords(this TimeProvider clock, DateTimeOffset? instant) => instant is { } known ? clock.InWords(known) : "";
}
