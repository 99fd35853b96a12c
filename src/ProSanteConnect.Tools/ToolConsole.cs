using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace ProSanteConnect.Tools;

/// <summary>Console output: results go to the standard output, progress and refusals to the standard error.</summary>
internal static class ToolConsole
{
    public static IAnsiConsole Output(this ParseResult parsed) => On(parsed.InvocationConfiguration.Output);

    public static IAnsiConsole Error(this ParseResult parsed) => On(parsed.InvocationConfiguration.Error);

    /// <summary>Writes the reason of a refusal and returns the exit code for it.</summary>
    public static int Refuse(this ParseResult parsed, string sentence)
    {
        parsed.InvocationConfiguration.Error.WriteLine(sentence);
        return ExitCode.Refused;
    }

    private static IAnsiConsole On(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

        // Output to a file or a pipe is not wrapped.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 200;
        return console;
    }
}

/// <summary>Formats instants for operators: local time, to the minute.</summary>
internal static class FrenchTime
{
    public static string InWords(this TimeProvider clock, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, clock.LocalTimeZone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public static string InWords(this TimeProvider clock, DateTimeOffset? instant) => instant is { } known ? clock.InWords(known) : "";
}

/// <summary>The actor in the journal.</summary>
internal static class Operator
{
    public static string Actor { get; } = $"psc ({Environment.UserName})";
}
