using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary><c>psc keys rotate</c>.</summary>
internal static class RotateKeysCommand
{
    private static readonly Option<bool> Immediately = new("--immediately")
    {
        Description = "la nouvelle clé signe tout de suite : une application qui garde longtemps l'ancien jeu de clés refusera ses jetons",
    };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("rotate", "annonce la prochaine clé sans attendre sa date") { Immediately };
        command.SetRotationAction(async (rotation, parsed, ct) =>
        {
            var result = await rotation.RotateNowAsync(parsed.GetValue(Immediately), Operator.Actor, clock.GetUtcNow(), ct);
            parsed.InvocationConfiguration.Output.WriteLine(InWords(result, clock));
            return ExitCode.Done;
        });
        return command;
    }

    private static string InWords(RotationResult result, TimeProvider clock) => result switch
    {
        RotationResult.Announced(var kid, var activeFrom) =>
            $"La clé {kid} est annoncée ; elle signera à partir du {clock.InWords(activeFrom)}.",
        RotationResult.AlreadyAnnounced(var kid, var activeFrom) =>
            $"La clé {kid} était déjà annoncée ; elle signera à partir du {clock.InWords(activeFrom)}. Pour ne pas attendre : --immediately.",
        RotationResult.Activated(var kid) => $"La clé {kid} signe désormais.",
        var other => throw new UnreachableException($"Rotation result {other}"),
    };
}
