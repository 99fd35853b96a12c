using System.CommandLine;
using System.Diagnostics;
using ProSanteConnect.Core.Keys;

namespace ProSanteConnect.Tools.KeyCommands;

/// <summary><c>psc keys retire KID</c>: the emergency exit, for a key that others may hold.</summary>
internal static class RetireKeyCommand
{
    private static readonly Argument<string> Kid = new("KID") { Description = "l'identifiant de la clé, tel que « psc keys list » l'affiche" };

    public static Command Create(TimeProvider clock)
    {
        var command = new Command("retire", "urgence : supprime sur-le-champ une clé qui a pu fuir ; tous les jetons qu'elle a signés sont refusés") { Kid };
        command.SetRotationAction(async (rotation, parsed, ct) =>
        {
            var kid = parsed.GetRequiredValue(Kid);
            switch (await rotation.RetireAsync(kid, Operator.Actor, clock.GetUtcNow(), ct))
            {
                case RetirementResult.Removed(var signing):
                    parsed.InvocationConfiguration.Output.WriteLine($"La clé {kid} n'est plus publiée. La clé {signing} signe.");
                    return ExitCode.Done;
                case RetirementResult.AlreadyRemoved:
                    return parsed.Refuse($"La clé {kid} était déjà supprimée.");
                case RetirementResult.UnknownKey:
                    return parsed.Refuse($"La clé {kid} n'existe pas ; « psc keys list » les affiche.");
                case var other:
                    throw new UnreachableException($"Retirement result {other}");
            }
        });
        return command;
    }
}
