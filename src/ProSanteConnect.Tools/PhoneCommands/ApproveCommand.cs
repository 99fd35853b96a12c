using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone approve [DEMANDE] --number NN --pin CODE</c>.</summary>
internal static class ApproveCommand
{
    private static readonly Argument<string?> Request = ChosenRequest.Argument();

    private static readonly Option<string?> Number = new("--number")
    {
        Description = "le nombre affiché sur l'ordinateur ; sinon, il est demandé",
        HelpName = "NOMBRE",
    };

    private static readonly Option<string?> Pin = PhoneOptions.Pin();

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("approve", "valide une demande de connexion") { Request, Number, Pin };
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            if (await ChosenRequest.FindAsync(Request, phone, parsed, ct) is not { } id) return ExitCode.Refused;
            if (world.Ask(parsed, "Nombre affiché sur l'ordinateur", Number) is not { } number) return parsed.Refuse("Quel nombre ? Indiquez --number.");
            if (world.Ask(parsed, "Code PIN", Pin) is not { } pin) return parsed.Refuse("Quel code PIN ? Indiquez --pin.");

            var answered = await phone.ApproveAsync(id, number, pin, ct);
            if (answered.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine("La demande est validée : la connexion continue sur l'ordinateur.");
            if (answered.Value.ReturnUri is { } page) parsed.InvocationConfiguration.Output.WriteLine($"Page qui attend sur ce téléphone : {page}");
            return ExitCode.Done;
        });
        return command;
    }
}
