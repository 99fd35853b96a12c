using System.CommandLine;
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
