using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone search --email MAIL --phone NUMÉRO</c>: «Rechercher» (B3.1–B3.5).</summary>
internal static class SearchCommand
{
    private static readonly Option<string> Email = new("--email")
    {
        Description = "l'adresse mail de correspondance",
        HelpName = "MAIL",
        Required = true,
    };

    private static readonly Option<string> Telephone = new("--phone")
    {
        Description = "le téléphone de correspondance",
        HelpName = "NUMÉRO",
        Required = true,
    };

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("search", "retrouve un numéro RPPS oublié") { Email, Telephone };
        command.SetPhoneAction(world, async (phone, parsed, ct) =>
        {
            var found = await phone.SearchRppsAsync(parsed.GetRequiredValue(Email), parsed.GetRequiredValue(Telephone), ct);
            if (found.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine($"Votre numéro RPPS : {found.Value.Rpps}");
            return ExitCode.Done;
        });
        return command;
    }
}
