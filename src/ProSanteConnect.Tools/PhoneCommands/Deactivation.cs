using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary>What the two ways to end an e-CPS from its phone have in common (S1, S2).</summary>
internal static class Deactivation
{
    private static readonly Option<bool> Yes = PhoneOptions.Yes();

    public static Command Create(PhoneWorld world, string name, string description, string warning, ECpsAction action)
    {
        var command = new Command(name, description) { Yes };
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            if (!world.Confirms(parsed, $"{warning} Confirmer ?", Yes)) return parsed.Refuse("Rien n'a été changé.");

            var ended = await phone.DeactivateAsync(action, ct);
            if (ended.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("Votre e-CPS est désactivée : Inactive.");
            return ExitCode.Done;
        });
        return command;
    }
}
