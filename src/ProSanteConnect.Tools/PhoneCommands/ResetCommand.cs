using System.CommandLine;
using ProSanteConnect.Tools.Phone;

namespace ProSanteConnect.Tools.PhoneCommands;

/// <summary><c>psc phone reset</c>: as if the phone had been lost; the server learns nothing of it.</summary>
internal static class ResetCommand
{
    private static readonly Option<bool> Yes = PhoneOptions.Yes();

    public static Command Create(PhoneWorld world)
    {
        var command = new Command("reset", "oublie ce téléphone, comme s'il était perdu ; l'e-CPS reste active sur le serveur") { Yes };
        command.SetAction(parsed =>
        {
            var file = PhoneArguments.StateFile(parsed);
            switch (file.Read())
            {
                case PhoneStateReading.Missing:
                    return parsed.Refuse($"Il n'y a pas de téléphone dans {file.FullPath}.");
                case PhoneStateReading.Corrupt:
                    return parsed.Refuse(PhoneAction.NotAPhone(file));
            }

            if (!world.Confirms(parsed, $"La clé de {file.FullPath} sera perdue. Continuer ?", Yes)) return parsed.Refuse("Rien n'a été changé.");

            file.Delete();
            parsed.InvocationConfiguration.Output.WriteLine("Ce téléphone est oublié.");
            return ExitCode.Done;
        });
        return command;
    }
}
