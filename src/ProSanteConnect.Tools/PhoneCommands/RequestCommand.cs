using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone request --rpps NUMÉRO</c>: «Envoyer une demande d'activation» (B2, B3).</summary>
internal static class RequestCommand
{
    private static readonly Option<string> Rpps = new("--rpps")
    {
        Description = "le numéro RPPS (11 chiffres), ou l'identifiant national (8 suivi du numéro)",
        HelpName = "NUMÉRO",
        Required = true,
    };

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("request", "demande un QR code par mail, à l'adresse de correspondance de l'annuaire") { Rpps };
        command.SetPhoneAction(world, async (phone, parsed, ct) =>
        {
            var asked = await phone.RequestActivationAsync(parsed.GetRequiredValue(Rpps), ct);
            if (asked.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine(
                "Si ce numéro est dans l'annuaire, un QR code part à l'adresse de correspondance. Son lien sert à « psc phone activate --qr LIEN ».");
            return ExitCode.Done;
        });
        return command;
    }
}
