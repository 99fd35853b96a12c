using System.CommandLine;
using ProSanteConnect.Testing;

namespace ProSanteConnect.Core.Tests.Tools;

/// <summary>One run of a command of <c>psc</c>, with what it printed.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static async Task<ToolRun> OfAsync(Command command, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await ProSanteConnect.Tools.CommandLine.RunAsync([command], [command.Name, .. args], output, error);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    public static Task<ToolRun> OfAsync(Command command, TestDatabase database, params string[] args) =>
        OfAsync(command, [.. args, "--provider", $"{database.Options.Provider}", "--connection", database.Options.ConnectionString]);
}
