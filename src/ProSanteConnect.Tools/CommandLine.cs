using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Globalization;

namespace ProSanteConnect.Tools;

/// <summary>Runs <c>psc</c>: French texts, cancellation by Ctrl-C, and an <see cref="ExitCode"/>.</summary>
internal static class CommandLine
{
    /// <summary>How long a command may take to stop after Ctrl-C before it is terminated.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(Command[] commands, string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");

        var psc = new RootCommand("psc : l'outil de l'exploitant de ProSanteConnect");
        psc.Options.OfType<HelpOption>().Single().Description = "affiche cette aide"; // the library has no French text
        DatabaseArguments.AddTo(psc);
        foreach (var command in commands) psc.Subcommands.Add(command);

        var parsed = psc.Parse(args);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopTime,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        };
        if (parsed.Errors.Count > 0) return Misuse(parsed, configuration);

        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return Refuse("Interrompu.");
        }
        catch (DbException failure)
        {
            return Refuse($"La base de données a refusé ou ne répond pas : {failure.Message}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse(failure.Message);
        }

        int Refuse(string sentence)
        {
            configuration.Error.WriteLine(sentence);
            return ExitCode.Refused;
        }
    }

    private static int Misuse(ParseResult parsed, InvocationConfiguration configuration)
    {
        foreach (var fault in parsed.Errors) configuration.Error.WriteLine(fault.Message);

        var names = parsed.CommandResult.AncestorsAndSelf().Select(c => c.Command.Name).Reverse().ToList();
        names[0] = "psc";
        configuration.Error.WriteLine($"Aide : {string.Join(' ', names)} --help");
        return ExitCode.Misused;
    }

    private static IEnumerable<CommandResult> AncestorsAndSelf(this CommandResult command)
    {
        for (SymbolResult? symbol = command; symbol is not null; symbol = symbol.Parent)
        {
            if (symbol is CommandResult found) yield return found;
        }
    }
}

/// <summary>The exit codes, which scripts rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed; the standard error has one sentence with the reason.</summary>
    public const int Refused = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Misused = 2;
}
