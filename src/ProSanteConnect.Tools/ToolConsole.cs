using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace ProSanteConnect.Tools;

/// <summary>What a command prints: results on the standard output, progress and refusals on the standard error.</summary>
internal static class ToolConsole
{
    public static IAnsiConsole Output(this ParseResult parsed) => On(parsed.InvocationConfiguration.Output);

    public static IAnsiConsole Error(this ParseResult parsed) => On(parsed.InvocationConfiguration.Error);

    /// <summary>Says why nothing was done.</summary>
    public static int Refuse(this ParseResult parsed, string sentence)
    {
        parsed.InvocationConfiguration.Error.WriteLine(sentence);
        return ExitCode.Refused;
    }

    private static IAnsiConsole On(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

        // A file or a pipe is as wide as its lines: what goes there is not folded.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 200;
        return console;
    }
}

/// <summary>Instants as an operator reads them: local, to the minute.</summary>
internal static class FrenchTime
{
    public static string InWords(this TimeProvider clock, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, clock.LocalTimeZone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string InWords(this TimeProvider clock, DateTimeOffset? instant) => instant is { } known ? clock.InWords(known) : "";
}

/// <summary>Who acts, as the journal names it.</summary>
internal static class Operator
{
    public static string Actor { get; } = $"psc ({Environment.UserName})";
}
