namespace ProSanteConnect.Server.Shared.Text;

/// <summary>A remaining time, as the phone app words it: "45 s", or "1 min 05 s".</summary>
internal static class TimeLeft
{
    public static string Of(int seconds) =>
        seconds < 60 ? Sentence.Of("{0} s", seconds) : Sentence.Of(SharedTexts.MinutesAndSeconds, seconds / 60, seconds % 60);
}
