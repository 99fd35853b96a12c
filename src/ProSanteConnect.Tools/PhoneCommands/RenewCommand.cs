using System.CommandLine;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone renew --pin CODE</c>.</summary>
internal static class RenewCommand
{
    private static readonly Option<string?> Pin = PhoneOptions.Pin();

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("renew", "prolonge une e-CPS proche de sa fin") { Pin };
        command.SetHolderAction(world, async (phone, parsed, ct) =>
        {
            if (world.Ask(parsed, "Code PIN", Pin) is not { } pin) return parsed.Refuse("Quel code PIN ? Indiquez --pin.");

            var renewed = await phone.RenewAsync(pin, ct);
            if (renewed.Problem is { } problem) return parsed.Refuse(problem);

            parsed.InvocationConfiguration.Output.WriteLine($"Votre e-CPS est maintenant valable jusqu'au {world.Clock.InWords(renewed.Value.ExpiresAt)}.");
            return ExitCode.Done;
        });
        return command;
    }
}
