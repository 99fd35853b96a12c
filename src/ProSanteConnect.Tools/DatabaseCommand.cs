using System.CommandLine;
using System.Diagnostics;

namespace ProSanteConnect.Tools;

/// <summary>Gives a command the open database; the command is not run when there is none to use.</summary>
internal static class DatabaseCommand
{
    public static void SetDatabaseAction(this Command command, Func<ToolDatabase, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, ct) =>
        {
            switch (await ToolDatabase.OpenAsync(parsed, ct))
            {
                case OpeningResult.Opened(var database):
                    return await run(database, parsed, ct);
                case OpeningResult.Unnamed(var sentence):
                    parsed.Refuse(sentence);
                    return ExitCode.Misused;
                case OpeningResult.Unusable(var sentence):
                    return parsed.Refuse(sentence);
                case var other:
                    throw new UnreachableException($"Opening result {other}");
            }
        });
}
