using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone deny [DEMANDE] [--not-me]</c>.</summary>
internal static class DenyCommand
{
    private static readonly Argument<string?> Request = ChosenRequest.Argument();

    private static readonly Option<bool> NotMe = new("--not-me")
    {
        Description = "« Ce n'est pas moi » : les navigateurs inconnus ne pourront plus solliciter ce téléphone pendant un temps",
    };

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("deny", "refuse une demande de connexion") { Request, NotMe };
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            if (await ChosenRequest.FindAsync(Request, phone, parsed, ct) is not { } id) return ExitCode.Refused;

            var answered = await phone.DenyAsync(id, parsed.GetValue(NotMe), ct);
            if (answered.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("La demande est refusée : personne n'a été connecté.");
            return ExitCode.Done;
        });
        return command;
    }
}
